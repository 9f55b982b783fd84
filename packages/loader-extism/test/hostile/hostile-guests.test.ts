import { readFixture } from "@uni/fixtures";
import { ATTACKS, describeAttacks } from "@uni/loader-tests/hostile";
import { ExtismLoader } from "../../src/index.ts";
import { hostilePlugin } from "./hostile-plugin.ts";

describeAttacks(ATTACKS, {
  format: "extism",
  make: (options) => new ExtismLoader(options),
  plugin: hostilePlugin,
  neighbour: readFixture("geo"),
});
