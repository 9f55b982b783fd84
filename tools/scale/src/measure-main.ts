/** The process of one measurement: is told what to measure by its parent, and sends it the points. */
import { measureBytes } from "./measure/bytes.ts";
import { measureCallers } from "./measure/callers.ts";
import { measurePlugins } from "./measure/plugins.ts";
import { measureRows } from "./measure/rows.ts";
import type { Curve, Effort, Point } from "./point.ts";
import type { Task } from "./run-task.ts";

async function* measure({ curve, values, effort }: Task): AsyncGenerator<Point> {
  if (curve.axis === "plugins") return yield* measurePlugins(curve, values, effort);
  for (const value of values) yield await SINGLE[curve.axis](curve, value, effort);
}

const SINGLE: Readonly<
  Record<
    Exclude<Curve["axis"], "plugins">,
    (curve: Curve, value: number, effort: Effort) => Promise<Point>
  >
> = { callers: measureCallers, rows: measureRows, bytes: measureBytes };

// Whoever started this process is gone.
const orphaned = () => process.exit(1);
process.once("disconnect", orphaned);
process.once("message", async (task: Task) => {
  for await (const point of measure(task)) {
    await new Promise<void>((resolve) => process.send?.(point, () => resolve()));
  }
  process.off("disconnect", orphaned).disconnect();
});
