import { BUILT_SCENARIOS, type ConformingLoader } from "@uni/conformance";
import { readComponent, readFixture } from "@uni/fixtures";
import { ComponentLoader } from "../../src/index.ts";
import { guestOf } from "./guest-of.ts";

const SHARED = "the memory of a component is not shared, as the canonical ABI has it";

/** The component loader as conformance checks it. */
export const conforming: ConformingLoader = {
  name: "ComponentLoader",
  make: (options) => new ComponentLoader({ cache: false, ...options }),
  guest: async ({ name, text }) => {
    if (text !== undefined) return takenApart(await guestOf(text));
    const built = BUILT_SCENARIOS.find((known) => known === name);
    return built === undefined ? undefined : takenApart(readComponent(built));
  },
  foreign: readFixture("geo"),
  cannot: {
    "a wait that never ends": SHARED,
    "a wait of an hour": SHARED,
    "a wait of a millisecond, again and again": SHARED,
  },
  module: new URL(import.meta.url),
};

/** Taken apart once for all of its checks; what is no plugin is left for the loader to refuse. */
async function takenApart(component: Uint8Array): Promise<Uint8Array> {
  return ComponentLoader.precompile(component).catch(() => component);
}
