/**
 * A million mixed calls on guest threads, of which one in a hundred traps, runs late, is aborted or
 * kills its thread; with the memory of the process on the way. The process has to exit by itself. It
 * runs what is built: threads of sources take long to start.
 *
 *     pnpm soak [calls] [seed]
 */
import { type Behaviour, cannedExtismGuest, readComponent, readFixture } from "@uni/fixtures";
import { ComponentLoader } from "@uni/loader-component";
import { ExtismLoader } from "@uni/loader-extism";
import { batchOf, registrationOf } from "@uni/loader-tests";
import { type CallOptions, type ScalarFunction, UniError } from "@uni/plugin";
import type { LoadedPlugin, LoaderError, LoadOptions } from "@uni/wasm-rt";

const [calls = 1_000_000, seed = Date.now() % 2 ** 31] = process.argv.slice(2).map(Number);
const CALLERS = 8;
const REPORTS = 20;
/** Each kind of bad end comes to one call in so many. */
const ONE_IN = 400;

const extism = new ExtismLoader({
  hostFunctions: [
    {
      name: "exits",
      docs: "Kills the thread of its guest.",
      module: new URL("./soak-host-module.mjs", import.meta.url),
    },
  ],
});
const component = new ComponentLoader({ cache: false });
const options: LoadOptions = { pool: { maxInstances: 2 * CALLERS } };

const canned = async (behaviour: Behaviour, limits: LoadOptions["limits"] = {}) =>
  extism.load(
    await cannedExtismGuest({
      register: registrationOf(),
      functions: { invoke_ai_example_canned_f: behaviour },
    }),
    { ...options, limits },
  );
const killing: Behaviour = {
  kind: "call",
  module: "extism:host/user",
  name: "exits",
  input: new Uint8Array(),
};
const plugins = {
  geo: await extism.load(readFixture("geo"), options),
  geoComponent: await component.load(readComponent("geo"), options),
  stateful: await extism.load(readFixture("stateful"), options),
  late: await canned({ kind: "loop" }, { timeoutMs: 20 }),
  looping: await canned({ kind: "loop" }),
  killing: await canned(killing),
};
const scalar = (plugin: LoadedPlugin<LoaderError>, local = "f"): ScalarFunction => {
  const found = plugin.scalars.find(({ name }) => name.local === local);
  if (found === undefined) throw new Error(`${plugin.id} has no function ${local}`);
  return found;
};
const distances = [scalar(plugins.geo, "haversine"), scalar(plugins.geoComponent, "haversine")];
const bump = scalar(plugins.stateful, "bump");
const places = batchOf([[52.5]], [[13.4]], [[48.9]], [[2.4]]);
const one = batchOf([[1]]);
const expected = distances[0]?.invokeSync(places).get(0);

const ends: Record<string, number> = {};
async function refusedWith(code: string, f: ScalarFunction, callOptions?: CallOptions) {
  const error: unknown = await f.invoke(one, callOptions).catch((e: unknown) => e);
  if (!(error instanceof UniError && error.code === code)) {
    throw new Error(`expected ${code}`, { cause: error });
  }
  ends[code] = (ends[code] ?? 0) + 1;
}

async function call(kind: number, turn: number): Promise<void> {
  switch (kind) {
    case 0:
      return refusedWith("TRAP", scalar(plugins.stateful, "boom"));
    case 1:
      return refusedWith("TIMEOUT", scalar(plugins.late));
    case 2:
      return refusedWith("ABORTED", scalar(plugins.looping), { signal: AbortSignal.timeout(5) });
    case 3:
      return refusedWith("INTERNAL", scalar(plugins.killing));
    default: {
      const f = distances[turn % 2];
      const km = turn % 8 === 0 ? f?.invokeSync(places) : await f?.invoke(places);
      if (km?.get(0) !== expected) throw new Error(`call ${turn}: expected ${expected} km`);
      const count = turn % 4 === 0 ? await bump.invoke(one) : undefined;
      if (count !== undefined && count.get(0) !== 1)
        throw new Error(`call ${turn} met a used guest`);
    }
  }
}

/** Park and Miller's generator, so that a seed gives the same calls again. */
let state = (seed % 2_147_483_646) + 1;
const below = (limit: number) => {
  state = (state * 48_271) % 2_147_483_647;
  return state % limit;
};

console.log(`${calls} calls, seed ${seed}`);
let turn = 0;
const every = Math.ceil(calls / REPORTS);
async function caller(): Promise<void> {
  while (turn < calls) {
    turn += 1;
    const mine = turn;
    if (mine % every === 0) {
      globalThis.gc?.();
      const mib = Math.round(process.memoryUsage().rss / 2 ** 20);
      console.log(`${String(mine).padStart(8)} calls  ${mib} MiB  ${JSON.stringify(ends)}`);
    }
    await call(below(ONE_IN), mine);
  }
}
await Promise.all(Array.from({ length: CALLERS }, caller));

for (const [name, { pool }] of Object.entries(plugins)) {
  console.log(name, pool.metrics);
  if (pool.metrics.live !== 0) throw new Error(`${name}: ${pool.metrics.live} guests are live`);
}
await Promise.all([extism.close(), component.close()]);
console.log("closed; the process exits by itself");
