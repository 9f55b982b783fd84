/**
 * What guest threads cost and give: calls on them beside calls inline, two of them beside one, and
 * calls with and without guests that are built ahead.
 *
 *     pnpm bench --only threads
 */
import { setImmediate } from "node:timers/promises";
import { type Case, reportFigures, type Turns, takeTurns } from "@uni/bench";
import { cannedExtismGuest, readComponent, readFixture } from "@uni/fixtures";
import { ComponentLoader } from "@uni/loader-component";
import { ExtismLoader } from "@uni/loader-extism";
import { FLOAT64, registrationOf } from "@uni/loader-tests";
import type { ScalarFunction } from "@uni/plugin";
import {
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
  const cases: Case[] = [];
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
  await takeTurns(`a fresh guest that echoes, rows: ${rows.toLocaleString("en")}`, cases, {
    rounds: 60,
    callsPerRound,
    warmUpRounds: 10,
  });
}

/** Calls at a time that compute, on one thread and on two. */
async function compareThreads(): Promise<void> {
  const values = Array.from({ length: 5000 }, (_, i) => i);
  const batch = batchOf(doubles(values, values));
  const loader = new ComponentLoader({ cache: false });
  await using plugin = await loader.load(readComponent("javascript"));
  const add = scalarOf(plugin, "add");
  const callAll = async () => {
    const results = await Promise.all(Array.from({ length: 8 }, () => add.invoke(batch)));
    return results.length;
  };
  const cases = [1, 2].map((limit): Case => {
    // A change of the limit starts threads.
    const beforeSample = () => {
      setGuestThreadLimit(limit);
      return callAll();
    };
    return { name: `threads: ${limit}`, expected: 8, beforeSample, run: callAll };
  });
  const turns = { rounds: 20, callsPerRound: 1, warmUpRounds: 1 };
  await takeTurns("8 calls at once of a guest in JavaScript, 5,000 rows", cases, turns);
}

/** Calls that come one by one, with time between them in which spares are built. */
async function compareSpares(
  table: string,
  load: (options: LoadOptions, isolation: Isolation) => Promise<LoadedPlugin<LoaderError>>,
  turns: Turns,
): Promise<void> {
  const plugins: LoadedPlugin<LoaderError>[] = [];
  const cases: Case[] = [];
  for (const isolation of ISOLATIONS) {
    for (const spares of [0, 2]) {
      const plugin = await load({ spares }, isolation);
      const [scalar] = plugin.scalars;
      const one = batchOf(doubles(...(scalar?.signature.args ?? []).map(() => [1])));
      cases.push({
        name: `${isolation}, ${spares} spares`,
        expected: 1,
        beforeSample: async () => {
          // Spares are built while the event loop is idle.
          for (let turn = 0; turn < 4; turn++) await setImmediate();
        },
        run: async () => (await scalar?.invoke(one))?.length,
      });
      plugins.push(plugin);
    }
  }
  await takeTurns(table, cases, turns);
  const shares = plugins.flatMap((plugin, at): [string, number][] => {
    const { used, missed } = plugin.stats().spares;
    const asked = used + missed;
    return asked === 0 ? [] : [[cases[at]?.name ?? "", (100 * used) / asked]];
  });
  reportFigures(`${table}, guests from spares`, "%", Object.fromEntries(shares));
  await Promise.all(plugins.map((plugin) => plugin.close()));
}

await compareCalls(64, 100);
await compareCalls(131_072, 8);
await compareSpares(
  "one row by a guest of 17 KiB",
  (options, isolation) => new ExtismLoader({ isolation }).load(readFixture("stateful"), options),
  { rounds: 10, callsPerRound: 300, warmUpRounds: 1, p99: true },
);
await compareSpares(
  "one row by a guest in JavaScript, 12 MB",
  (options, isolation) =>
    new ComponentLoader({ isolation, cache: false }).load(readComponent("javascript"), options),
  { rounds: 5, callsPerRound: 100, warmUpRounds: 1, p99: true },
);
await compareThreads();
