/**
 * What guest threads cost and give: calls on them beside calls inline, two of them beside one, and the
 * spread of calls with and without guests that are built ahead.
 *
 *     pnpm bench:threads
 */
import { setImmediate } from "node:timers/promises";
import { takeTurns } from "@uni/bench";
import { cannedExtismGuest, readComponent, readFixture } from "@uni/fixtures";
import { ComponentLoader } from "@uni/loader-component";
import { ExtismLoader } from "@uni/loader-extism";
import { FLOAT64, registrationOf } from "@uni/loader-tests";
import type { ScalarFunction } from "@uni/plugin";
import {
  encodeBatch,
  type Isolation,
  type LoadedPlugin,
  type LoaderError,
  type LoadOptions,
  setGuestThreadLimit,
} from "@uni/wasm-rt";
import { batchOf, doubles } from "./arrow-columns.ts";

const ISOLATIONS: readonly Isolation[] = ["inline", "thread"];

function scalarOf(plugin: LoadedPlugin<LoaderError>, local: string): ScalarFunction {
  const found = plugin.scalars.find(({ name }) => name.local === local);
  if (found === undefined) throw new Error(`${plugin.id} has no function ${local}`);
  return found;
}

async function compareCalls(rows: number, callsPerRound: number): Promise<void> {
  const batch = batchOf(doubles(Array.from({ length: rows }, (_, i) => i)));
  const bytes = await cannedExtismGuest({
    register: registrationOf({ args: [FLOAT64], returns: FLOAT64 }),
    functions: { invoke_ai_example_canned_f: { kind: "echo" } },
  });
  const cases = [];
  for (const isolation of ISOLATIONS) {
    const echo = scalarOf(await new ExtismLoader({ isolation }).load(bytes), "f");
    cases.push(
      {
        name: `${isolation}, invokeSync`,
        expected: rows,
        run: () => echo.invokeSync(batch).length,
      },
      {
        name: `${isolation}, invoke`,
        expected: rows,
        run: async () => (await echo.invoke(batch)).length,
      },
    );
  }
  const kib = Math.round(encodeBatch(batch).length / 1024);
  await takeTurns(`a fresh guest that echoes ${kib} KiB`, cases, {
    rounds: 60,
    callsPerRound,
    warmUpRounds: 10,
  });
}

/** Eight calls at a time that compute, on one thread and on two, in blocks: a change starts threads. */
async function compareThreads(): Promise<void> {
  const values = Array.from({ length: 5000 }, (_, i) => i);
  const batch = batchOf(doubles(values, values));
  const loader = new ComponentLoader({ cache: false });
  await using plugin = await loader.load(readComponent("javascript"));
  const add = scalarOf(plugin, "add");
  const times = new Map<number, number[]>([1, 2].map((limit) => [limit, []]));
  for (let block = 0; block < 4; block++) {
    for (const [limit, ms] of times) {
      setGuestThreadLimit(limit);
      for (let round = -1; round < 5; round++) {
        const start = performance.now();
        await Promise.all(Array.from({ length: 8 }, () => add.invoke(batch)));
        if (round >= 0) ms.push(performance.now() - start);
      }
    }
  }
  const [one = Number.NaN, two = Number.NaN] = [...times.values()].map(
    (ms) => ms.sort((a, b) => a - b)[ms.length >> 1],
  );
  const figures = `${one.toFixed(1)} ms on one thread, ${two.toFixed(1)} ms on two`;
  console.log(
    `8 calls of a guest in JavaScript at once, 5000 rows: ${figures}, ${(one / two).toFixed(2)} x`,
  );
}

/** The spread of calls that come one by one, with time between them in which spares are built. */
async function compareSpares(
  title: string,
  load: (options: LoadOptions, isolation: Isolation) => Promise<LoadedPlugin<LoaderError>>,
  calls: number,
): Promise<void> {
  console.log(`\n${title}, one row, ${calls} calls one by one; microseconds`);
  console.log("                        p50      p99    p99.9   from spares");
  for (const isolation of ISOLATIONS) {
    for (const spares of [0, 2]) {
      const plugin = await load({ spares }, isolation);
      const [scalar] = plugin.scalars;
      const one = batchOf(doubles(...(scalar?.signature.args ?? []).map(() => [1])));
      const times: number[] = [];
      for (let call = -100; call < calls; call++) {
        // Spares are built while the event loop is idle.
        for (let turn = 0; turn < 4; turn++) await setImmediate();
        const start = performance.now();
        await scalar?.invoke(one);
        if (call >= 0) times.push((performance.now() - start) * 1000);
      }
      times.sort((a, b) => a - b);
      const at = (share: number) =>
        Math.round(times[Math.floor(times.length * share)] ?? Number.NaN)
          .toString()
          .padStart(8);
      const { used, missed } = plugin.stats().spares;
      const rate = spares === 0 ? "-" : `${Math.round((100 * used) / (used + missed))} %`;
      const name = `${isolation}, ${spares} spares`.padEnd(20);
      console.log(`${name}${at(0.5)} ${at(0.99)} ${at(0.999)}   ${rate}`);
      await plugin.close();
    }
  }
}

await compareCalls(64, 100);
await compareCalls(131_072, 8);
await compareThreads();
await compareSpares(
  "a guest of 17 KiB",
  (options, isolation) => new ExtismLoader({ isolation }).load(readFixture("stateful"), options),
  3000,
);
await compareSpares(
  "a guest in JavaScript, 12 MB",
  (options, isolation) =>
    new ComponentLoader({ isolation, cache: false }).load(readComponent("javascript"), options),
  300,
);
