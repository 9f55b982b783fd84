/**
 * A hundred thousand calls, a fresh guest each, with the memory of the process on the way.
 *
 *     pnpm soak
 */
import { readFixture } from "@uni/fixtures";
import { ExtismLoader } from "../src/index.ts";
import { columns } from "./doubles.ts";

const CALLS = 100_000;
const REPORTS = 10;

const plugin = await new ExtismLoader().load(readFixture("geo"));
const haversine = plugin.scalars.find(({ name }) => name.local === "haversine");
const row = columns({ lat1: [52.5], lon1: [13.4], lat2: [48.9], lon2: [2.4] });
const expected = haversine?.invokeSync(row).get(0);

for (let call = 1; call <= CALLS; call++) {
  if (haversine?.invokeSync(row).get(0) !== expected) throw new Error(`call ${call} differs`);
  if (call % (CALLS / REPORTS) !== 0) continue;
  globalThis.gc?.();
  const rss = Math.round(process.memoryUsage().rss / 2 ** 20);
  console.log(`${String(call).padStart(7)} calls  ${rss} MiB`);
}
console.log(plugin.pool.metrics);
