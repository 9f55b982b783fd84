import { readComponent } from "@uni/fixtures";
import type { AttackedLoader } from "@uni/loader-tests/hostile";
import { ComponentLoader } from "../../src/index.ts";
import { hostilePlugin } from "./hostile-plugin.ts";

/** The component loader as the tests of hostile guests use it. */
export const attacked: AttackedLoader = {
  format: "component",
  make: (options) => new ComponentLoader({ cache: false, ...options }),
  // Taken apart once, for both isolations.
  plugin: async (attack) => ComponentLoader.precompile(await hostilePlugin(attack)),
  neighbour: readComponent("geo"),
};
