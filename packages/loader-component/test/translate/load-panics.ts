import { readComponent } from "@uni/fixtures";
import { ComponentError, ComponentLoader } from "../../src/index.ts";
import { panics } from "../hostile/panics.ts";

// Run as a process: loads components that break the validator, and then a good one; prints what came
// of it.

const loader = new ComponentLoader({ cache: false });
const breaking = panics.filter(({ componentWit }) => componentWit === "panics");
const ends = breaking.map(async ({ name, component }) => {
  const bytes = await component();
  const error = await loader.load(bytes).catch((cause: unknown) => cause);
  const code = error instanceof ComponentError ? error.code : String(error);
  return { name, code };
});
const refused = await Promise.all(ends);
const { id } = await loader.load(readComponent("stateful"));
process.stdout.write(JSON.stringify({ refused, id }));
