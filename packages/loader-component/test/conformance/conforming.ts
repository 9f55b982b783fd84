import { BUILT_SCENARIOS, type ConformingLoader } from "@uni/conformance";
import { readComponent, readFixture } from "@uni/fixtures";
import { encodeArtifact } from "../../src/artifact/artifact.ts";
import { decodeComponent } from "../../src/binary/decode-component.ts";
import { ComponentLoader } from "../../src/index.ts";
import { resolveComponent } from "../../src/plan/resolve.ts";
import { artifactKey } from "../../src/translate/artifact-key.ts";
import { validatorVersion } from "../../src/translate/validator.ts";
import { requireWorld } from "../../src/world.ts";
import { guestOf } from "./guest-of.ts";

const SHARED = "the memory of a component is not shared, as the canonical ABI has it";

/** The component loader as conformance checks it. */
export const conforming: ConformingLoader = {
  name: "ComponentLoader",
  make: (options) => new ComponentLoader({ cache: false, ...options }),
  guest: async ({ name, text }) => {
    if (text !== undefined) return takenApart(await guestOf(text));
    const built = BUILT_SCENARIOS.find((known) => known === name);
    return built === undefined ? undefined : ComponentLoader.precompile(readComponent(built));
  },
  foreign: readFixture("geo"),
  cannot: {
    "a wait that never ends": SHARED,
    "a wait of an hour": SHARED,
    "a wait of a millisecond, again and again": SHARED,
  },
  module: new URL(import.meta.url),
};

/**
 * What `ComponentLoader.precompile` makes of a component, in this thread. That these are valid is
 * known, and to validate each on a thread of its own would take a third of the time of all checks.
 */
function takenApart(component: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  const key = artifactKey(component, validatorVersion());
  const artifact = { key, ...resolveComponent(decodeComponent(component)) };
  try {
    requireWorld(artifact.plan);
  } catch {
    // What is no plugin is left for the loader to refuse.
    return component;
  }
  return encodeArtifact(artifact);
}
