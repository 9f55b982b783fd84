import { readComponent } from "@uni/fixtures";
import { ATTACKS, describeAttacks } from "@uni/loader-tests/hostile";
import { loaderOf } from "../load.ts";
import { hostilePlugin } from "./hostile-plugin.ts";

describeAttacks(ATTACKS, {
  format: "component",
  make: loaderOf,
  plugin: hostilePlugin,
  neighbour: readComponent("geo"),
});
