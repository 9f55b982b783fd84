import { pluginChecks } from "@uni/conformance";
import { testChecks } from "@uni/conformance/vitest";
import { afterAll, describe } from "vitest";
import { BUILDS, readBuild } from "./builds.ts";

describe.each(BUILDS)("the contract, by the $format build,", async ({ format, makeLoader }) => {
  const loader = makeLoader();
  afterAll(() => loader.close());
  testChecks(await pluginChecks(readBuild(format), loader));
});
