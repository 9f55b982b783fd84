import { quantile } from "@uni/bench";
import { degrees } from "../plugins/columns.ts";
import { FORMATS } from "../plugins/formats.ts";
import { CAP, isolationOf, scalarOf } from "../plugins/open-plugin.ts";
import type { Curve, Effort, Point } from "../point.ts";
import { memoryAtRest, peakRssBytes } from "./memory.ts";
import { cpuMsSince, rate } from "./time-calls.ts";

const WARM_UP_CALLS = 50;

/**
 * Callers of one plugin, each of which calls again as soon as it has its answer. Every call asks for a
 * distance of its own, so that an answer that went to another caller would be seen.
 *
 * @throws Error where an answer is wrong or missing, or more guests are live than may be.
 */
export async function measureCallers(
  { format, where }: Curve,
  callers: number,
  effort: Effort,
): Promise<Point> {
  await using loader = FORMATS[format].loader({ isolation: isolationOf(where) });
  const options = { pool: { maxInstances: CAP } };
  const plugin = await loader.load(FORMATS[format].read("geo"), options);
  const haversine = scalarOf(plugin, "haversine");
  // On the equator, so that the distance grows with the longitude.
  const kmTo = async (longitude: number) => {
    const column = await haversine.invoke(degrees(1, (at) => (at === 3 ? longitude : 0)));
    return Number(column.get(0));
  };
  const kmPerDegree = await kmTo(1);
  for (let call = 0; call < WARM_UP_CALLS; call++) await kmTo(call);

  const calls = Math.max(effort.calls, callers);
  const latenciesMs: number[] = [];
  let mostLive = 0;
  let mostQueued = 0;
  let turn = 0;
  const caller = async () => {
    while (turn < calls) {
      turn += 1;
      const longitude = (170 * turn) / calls;
      const before = performance.now();
      const answer = kmTo(longitude);
      mostLive = Math.max(mostLive, plugin.pool.metrics.live);
      mostQueued = Math.max(mostQueued, plugin.stats().queued);
      const km = await answer;
      latenciesMs.push(performance.now() - before);
      if (Math.abs(km / longitude / kmPerDegree - 1) > 1e-9) {
        throw new Error(`expected ${longitude * kmPerDegree} km for ${longitude}°, got ${km}`);
      }
    }
  };
  const start = performance.now();
  const cpu = process.cpuUsage();
  await Promise.all(Array.from({ length: callers }, caller));
  const perSecond = rate(calls, start);
  const cpuMs = cpuMsSince(cpu) / calls;
  if (latenciesMs.length !== calls) {
    throw new Error(`expected ${calls} answers, got ${latenciesMs.length}`);
  }
  if (mostLive > CAP) throw new Error(`${mostLive} guests were live, and ${CAP} may be`);
  const memory = await memoryAtRest(effort);
  return {
    value: callers,
    medianMs: quantile(latenciesMs, 0.5),
    perSecond,
    cpuMs,
    memory,
    peakRssBytes: peakRssBytes(),
    details: {
      msPerCall: 1000 / perSecond,
      p99Ms: quantile(latenciesMs, 0.99),
      answers: latenciesMs.length,
      mostLive,
      mostQueued,
      liveGuests: plugin.pool.metrics.live,
    },
  };
}
