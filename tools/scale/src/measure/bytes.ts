import { texts } from "../plugins/columns.ts";
import { FORMATS } from "../plugins/formats.ts";
import { isolationOf, LIMITS, scalarOf } from "../plugins/open-plugin.ts";
import type { Curve, Effort, Point } from "../point.ts";
import { memoryAtRest, peakRssBytes } from "./memory.ts";
import { timeCalls } from "./time-calls.ts";

const MOST_ROWS = 100_000;
const MOST_BYTES = 1 << 24;

/** Calls with one batch of texts that are so long; as many of them as 16 MiB hold, up to 100,000. */
export async function measureBytes(
  { format, where }: Curve,
  bytesPerRow: number,
  effort: Effort,
): Promise<Point> {
  await using loader = FORMATS[format].loader({ isolation: isolationOf(where), limits: LIMITS });
  const plugin = await loader.load(FORMATS[format].read("text"));
  const reverse = scalarOf(plugin, "reverse");
  const rows = Math.min(MOST_ROWS, Math.floor(MOST_BYTES / bytesPerRow));
  const batch = texts(rows, bytesPerRow);
  const reversed = "a".padStart(bytesPerRow, "b");
  const times = await timeCalls(effort, async () => {
    const answer = await reverse.invoke(batch);
    if (answer.length !== rows) throw new Error(`expected ${rows} rows, got ${answer.length}`);
    if (answer.get(rows - 1) !== reversed)
      throw new Error("the last text is not the first reversed");
  });
  const memory = await memoryAtRest(effort);
  return {
    ...{ value: bytesPerRow, ...times, memory, peakRssBytes: peakRssBytes() },
    details: {
      rows,
      nsPerRow: (1e6 * times.cpuMs) / rows,
      nsPerByte: (1e6 * times.cpuMs) / (rows * bytesPerRow),
      liveGuests: plugin.pool.metrics.live,
    },
  };
}
