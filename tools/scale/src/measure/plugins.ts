import { quantile } from "@uni/bench";
import type { LoadedPlugin, LoaderError } from "@uni/wasm-rt";
import { degrees } from "../plugins/columns.ts";
import { distinctPlugin } from "../plugins/distinct-plugin.ts";
import { FORMATS } from "../plugins/formats.ts";
import { isolationOf, scalarOf } from "../plugins/open-plugin.ts";
import type { Curve, Effort, Memory, Point } from "../point.ts";
import { memoryAtRest, peakRssBytes } from "./memory.ts";
import { cpuMsSince, rate, type Times, timeCalls } from "./time-calls.ts";

/**
 * Loads more and more plugins into one process, each with an id of its own. Only the first one is
 * called before the last point; there, all are called once, and the memory is taken again.
 */
export async function* measurePlugins(
  { format, where }: Curve,
  values: readonly number[],
  effort: Effort,
): AsyncGenerator<Point> {
  if (where === "modules") return yield* measureModules({ format }, values, effort);
  const geo = FORMATS[format].read("geo");
  await using loader = FORMATS[format].loader({ isolation: isolationOf(where) });
  const one = degrees(1, (column) => column);
  const plugins: LoadedPlugin<LoaderError>[] = [];
  const haversine = (at: number) => {
    const plugin = plugins[at];
    if (plugin === undefined) throw new Error(`plugin ${at} is not loaded`);
    return scalarOf(plugin, "haversine");
  };
  const empty = await memoryAtRest(effort);
  let first: Memory | undefined;
  for (const value of values) {
    const times = await loadUntil(plugins, value, (at) => loader.load(distinctPlugin(geo, at)));
    const memory = await memoryAtRest(effort);
    const liveGuests = live(plugins);
    if (liveGuests !== 0) throw new Error(`${value} idle plugins hold ${liveGuests} guests`);
    const call = await timeCalls(effort, async () => void (await haversine(0).invoke(one)));
    // What the first calls bring is no plugin's.
    first ??= await memoryAtRest(effort);
    yield {
      value,
      ...times,
      memory,
      peakRssBytes: peakRssBytes(),
      details: {
        liveGuests,
        callCpuMs: call.cpuMs,
        ...perPlugin(memory, first, value),
        firstPluginBytes: first.rssBytes - empty.rssBytes,
        pluginFileBytes: geo.byteLength,
        ...(value === values.at(-1) ? await afterCalls(plugins, memory) : {}),
      },
    };
  }

  /** What is held once every plugin was called: its code is compiled then, and its guests are gone. */
  async function afterCalls(all: readonly unknown[], before: Memory) {
    for (const at of all.keys()) await haversine(at).invoke(one);
    const after = await memoryAtRest(effort);
    const liveGuests = live(plugins);
    if (liveGuests !== 0) throw new Error(`${all.length} plugins hold ${liveGuests} guests`);
    return { calledPerPluginBytes: (after.rssBytes - before.rssBytes) / all.length };
  }
}

/** The floor: the modules, compiled, and a copy of nothing. */
async function* measureModules(
  { format }: Pick<Curve, "format">,
  values: readonly number[],
  effort: Effort,
): AsyncGenerator<Point> {
  const geo = FORMATS[format].read("geo");
  const modules: WebAssembly.Module[] = [];
  let first: Memory | undefined;
  for (const value of values) {
    const times = await loadUntil(modules, value, (at) =>
      WebAssembly.compile(distinctPlugin(geo, at).slice()),
    );
    const memory = await memoryAtRest(effort);
    first ??= memory;
    yield {
      value,
      ...times,
      memory,
      peakRssBytes: peakRssBytes(),
      details: { ...perPlugin(memory, first, value), pluginFileBytes: geo.byteLength },
    };
  }
}

/** Loads until there are so many, and says what a load took. */
async function loadUntil<T>(
  loaded: T[],
  count: number,
  load: (at: number) => Promise<T>,
): Promise<Times> {
  const loadsMs: number[] = [];
  const start = performance.now();
  const cpu = process.cpuUsage();
  while (loaded.length < count) {
    const before = performance.now();
    loaded.push(await load(loaded.length));
    loadsMs.push(performance.now() - before);
  }
  return {
    medianMs: quantile(loadsMs, 0.5),
    perSecond: rate(loadsMs.length, start),
    cpuMs: cpuMsSince(cpu) / loadsMs.length,
  };
}

/** What each plugin behind the first holds: the first one brings the thread and what all share. */
function perPlugin(memory: Memory, first: Memory, value: number): Record<string, number> {
  if (value === 1) return {};
  return { idlePerPluginBytes: (memory.rssBytes - first.rssBytes) / (value - 1) };
}

const live = (plugins: readonly LoadedPlugin<LoaderError>[]): number =>
  plugins.reduce((sum, { pool }) => sum + pool.metrics.live, 0);
