import { readFixture } from "@uni/fixtures";
import { UniError } from "@uni/plugin";
import { ExtismLoader } from "../../src/index.ts";

// Run as a process whose threads cannot start; says what a load is refused with, twice.
process.execArgv.push("--import=file:///no/such/module.mjs");
const loader = new ExtismLoader();
for (let i = 0; i < 2; i++) {
  const error: unknown = await loader.load(readFixture("geo")).catch((e: unknown) => e);
  if (!(error instanceof UniError)) throw new Error("the plugin was loaded");
  console.log(`${error.code} ${error.message}`);
}
