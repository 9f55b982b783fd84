import { pluginChecks } from "@uni/conformance";
import { testChecks } from "@uni/conformance/vitest";
import { afterAll, describe } from "vitest";
import { BUILDS, readBuild } from "./builds.ts";
import { sides } from "./sides.ts";

// What each function answers, which generated arguments may not be.
const SAMPLES = { "__ID__.hypotenuse": [sides([3, 0], [4, 2.5])] };

describe.each(BUILDS)("the contract, by the $format build,", async ({ format, makeLoader }) => {
  const loader = makeLoader();
  afterAll(() => loader.close());
  testChecks(await pluginChecks(readBuild(format), loader, { samples: SAMPLES }));
});
