import { BUILT_SCENARIOS, type ConformingLoader } from "@uni/conformance";
import { readComponent, readFixture } from "@uni/fixtures";
import { ExtismLoader } from "../../src/index.ts";
import { guestOf } from "./guest-of.ts";

/** The Extism loader as conformance checks it. */
export const conforming: ConformingLoader = {
  name: "ExtismLoader",
  make: (options) => new ExtismLoader(options),
  guest: async ({ name, text }) => {
    if (text !== undefined) return guestOf(text);
    const built = BUILT_SCENARIOS.find((known) => known === name);
    return built === undefined ? undefined : readFixture(built);
  },
  foreign: readComponent("geo"),
  module: new URL(import.meta.url),
};
