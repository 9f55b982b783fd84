import { readFixture } from "@uni/fixtures";
import type { AttackedLoader } from "@uni/loader-tests/hostile";
import { ExtismLoader } from "../../src/index.ts";
import { hostilePlugin } from "./hostile-plugin.ts";

/** The Extism loader as the tests of hostile guests use it. */
export const attacked: AttackedLoader = {
  format: "extism",
  make: (options) => new ExtismLoader(options),
  plugin: hostilePlugin,
  neighbour: readFixture("geo"),
};
