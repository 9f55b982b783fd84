import { readComponent } from "@uni/fixtures";
import { ComponentLoader } from "../../src/index.ts";

// Run as a process: loads one component under one environment after another, and prints how many
// threads each load took.

/** Variables that are set for one load, and the option that its loader gets. */
export interface Environment {
  readonly env: Readonly<Record<string, string>>;
  readonly cache?: string | false;
}

let threads = 0;
process.on("worker", () => {
  threads += 1;
});

async function threadsOfLoad({ env, cache }: Environment): Promise<number> {
  for (const name of ["HOME", "XDG_CACHE_HOME", "UNI_COMPONENT_CACHE"]) delete process.env[name];
  Object.assign(process.env, env);
  threads = 0;
  await new ComponentLoader({ isolation: "inline", cache }).load(readComponent("stateful"));
  return threads;
}

const [argument = "[]"] = process.argv.slice(2);
const environments: readonly Environment[] = JSON.parse(argument);
const taken: number[] = [];
for (const environment of environments) taken.push(await threadsOfLoad(environment));
process.stdout.write(JSON.stringify(taken));
