import { degrees } from "../plugins/columns.ts";
import { FORMATS } from "../plugins/formats.ts";
import { isolationOf, LIMITS, scalarOf } from "../plugins/open-plugin.ts";
import type { Curve, Effort, Point } from "../point.ts";
import { memoryAtRest, peakRssBytes } from "./memory.ts";
import { timeCalls } from "./time-calls.ts";

/** Four float64 in and one out. */
const BYTES_PER_ROW = 40;

/** Calls with one batch of so many rows. */
export async function measureRows(
  { format, where }: Curve,
  rows: number,
  effort: Effort,
): Promise<Point> {
  await using loader = FORMATS[format].loader({ isolation: isolationOf(where), limits: LIMITS });
  const plugin = await loader.load(FORMATS[format].read("geo"));
  const haversine = scalarOf(plugin, "haversine");
  const batch = degrees(rows, (column, row) => ((column + 1) * row) % 90);
  const times = await timeCalls(effort, async () => {
    const km = await haversine.invoke(batch);
    if (km.length !== rows) throw new Error(`expected ${rows} rows, got ${km.length}`);
  });
  const memory = await memoryAtRest(effort);
  return {
    ...{ value: rows, ...times, memory, peakRssBytes: peakRssBytes() },
    details: {
      nsPerRow: (1e6 * times.cpuMs) / rows,
      batchBytes: rows * BYTES_PER_ROW,
      liveGuests: plugin.pool.metrics.live,
    },
  };
}
