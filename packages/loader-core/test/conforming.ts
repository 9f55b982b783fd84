import type { ConformingLoader } from "@uni/conformance";
import { CoreLoader } from "../src/index.ts";
import { guestOf } from "./guest-of.ts";

/** What every check gets of this loader. */
export const conforming: ConformingLoader = {
  name: "CoreLoader",
  make: (options) => new CoreLoader(options),
  guest: guestOf,
  // The first bytes of a component, which this loader says that it does not load.
  foreign: Uint8Array.of(0x00, 0x61, 0x73, 0x6d, 0x0d, 0x00, 0x01, 0x00),
  module: new URL(import.meta.url),
};
