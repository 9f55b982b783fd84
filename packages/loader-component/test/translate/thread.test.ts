import { once } from "node:events";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { ComponentLoader } from "../../src/index.ts";
import { panics } from "../hostile/panics.ts";
import { observe } from "./observe.ts";
import { jsonOf, runNode, SOURCE_FLAGS } from "./run-node.ts";
import { expectToRun, STATEFUL } from "./stateful.ts";
import { temporaryFolder } from "./temporary-folder.ts";

const SOURCE = new URL("../../src/index.ts", import.meta.url).href;
const FIXTURES = new URL("../../../../tools/fixtures/src/index.ts", import.meta.url).href;

/** A program that loads a component with such options, and prints what came of it. */
function program(options: string): string {
  return `import { ComponentLoader } from ${JSON.stringify(SOURCE)};
    import { readComponent } from ${JSON.stringify(FIXTURES)};
    const loader = new ComponentLoader(${options});
    const load = loader.load(readComponent("stateful"));
    console.log(await load.then(({ id }) => id, ({ code, message }) => code + ": " + message));`;
}

/** Runs a module before everything else, in the process and in each of its threads. */
async function runWith(preload: string, options: string) {
  const folder = temporaryFolder();
  const path = join(folder, "preload.mjs");
  const main = join(folder, "main.mjs");
  writeFileSync(path, preload);
  writeFileSync(main, program(options));
  const env = { HOME: folder, XDG_CACHE_HOME: folder, SECRET: "of the host" };
  return runNode([...SOURCE_FLAGS, `--import=${path}`, main, "an argument"], { env });
}

describe("a component that is not validated in time", () => {
  const refusal = {
    name: "ComponentError",
    code: "TIMEOUT",
    message: "the component was not validated within 1 ms",
  };

  it("is refused, and its thread is gone when that is said", async () => {
    const { threads } = observe();
    const loader = new ComponentLoader({
      isolation: "inline",
      cache: false,
      validationTimeoutMs: 1,
    });
    const exits: Promise<unknown>[] = [];
    process.once("worker", (thread) => void exits.push(once(thread, "exit")));
    await expect(loader.load(STATEFUL)).rejects.toMatchObject(refusal);
    expect(threads.map(({ threadId }) => threadId)).toEqual([-1]);
    expect(exits).toHaveLength(1);
    await Promise.all(exits);
    const precompile = ComponentLoader.precompile(STATEFUL, { validationTimeoutMs: 1 });
    await expect(precompile).rejects.toMatchObject(refusal);
    await expectToRun(new ComponentLoader({ isolation: "inline", cache: false }));
  });

  it("is ended even where its thread never yields, and keeps no process alive", async () => {
    const preload = `import { isMainThread } from "node:worker_threads";
      if (!isMainThread) for (;;);`;
    const { status, stdout, stderr } = await runWith(
      preload,
      "{ cache: false, validationTimeoutMs: 300 }",
    );
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    expect(stdout).toBe("TIMEOUT: the component was not validated within 300 ms\n");
  });
});

it("the thread of a load has ended when the load has, be it refused or not", async () => {
  const { threads } = observe();
  const loader = new ComponentLoader({
    isolation: "inline",
    cache: false,
    validationTimeoutMs: 60_000,
  });
  await Promise.all([
    expectToRun(loader),
    expect(loader.load(STATEFUL.slice(0, 99))).rejects.toMatchObject({ code: "INVALID_PLUGIN" }),
  ]);
  expect(threads.map(({ threadId }) => threadId)).toEqual([-1, -1]);
});

it("components that break the validator harm no later load, and print nothing", async () => {
  const folder = temporaryFolder();
  const script = new URL("./load-panics.ts", import.meta.url);
  // Throws where anything but the script's JSON was printed.
  const env = { HOME: folder, XDG_CACHE_HOME: folder };
  const breaking = panics.filter(({ componentWit }) => componentWit === "panics");
  expect(breaking.length).toBeGreaterThan(3);
  expect(await jsonOf(script, [], { env })).toEqual({
    refused: breaking.map(({ name }) => ({ name, code: "INVALID_PLUGIN" })),
    id: "ai.example.stateful",
  });
});

it("the thread sees neither the host's environment nor its arguments", async () => {
  const seen = join(temporaryFolder(), "seen.json");
  const preload = `import { isMainThread, workerData } from "node:worker_threads";
    import { writeFileSync } from "node:fs";
    if (!isMainThread && workerData?.bytes) {
      const { env, argv } = process;
      const names = Object.keys(workerData);
      writeFileSync(${JSON.stringify(seen)}, JSON.stringify({ env, argv: argv.slice(2), names }));
    }`;
  const { stdout, stderr } = await runWith(preload, "{ cache: false }");
  expect({ stdout, stderr }).toEqual({ stdout: "ai.example.stateful\n", stderr: "" });
  const { env, argv, names } = JSON.parse(readFileSync(seen, "utf8"));
  expect({ env, argv }).toEqual({ env: {}, argv: [] });
  expect(new Set(names)).toEqual(new Set(["bytes", "key"]));
});

it("a program that Node.js got as text loads components like any other", async () => {
  const folder = temporaryFolder();
  const args = [...SOURCE_FLAGS, "--input-type=module"];
  const env = { HOME: folder, XDG_CACHE_HOME: folder };
  const outcome = await runNode(args, { env, input: program("{ cache: false }") });
  expect(outcome.stdout).toBe("ai.example.stateful\n");
});
