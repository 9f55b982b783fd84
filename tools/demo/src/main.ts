/**
 * The main job: three million flights, the distance between their airports computed by a
 * WebAssembly plugin, and compared with the distance that the airlines recorded.
 *
 * @module
 */
import { readFixture } from "@uni/fixtures";
import { ExtismLoader } from "@uni/loader-extism";
import { PluginRegistry } from "@uni/plugin";
import { DistanceComparison } from "./distance-comparison.ts";
import { FlightSource } from "./flight-source.ts";
import { ProgressBar } from "./progress-bar.ts";
import { reportText } from "./report.ts";

const BATCH_ROWS = 32_768;
const INTERRUPTED = 130;

const interrupted = new AbortController();
process.once("SIGINT", () => interrupted.abort());
process.once("SIGTERM", () => interrupted.abort());

const started = performance.now();
const guest = readFixture("geo");
const registry = new PluginRegistry();
await using plugin = await new ExtismLoader().load(guest, { registry });
const haversine = registry.scalar("ai.example.geo.haversine");
using source = await FlightSource.open();
const comparison = new DistanceComparison(source.flights);

{
  using bar = new ProgressBar(process.stderr, source.flights, "flights");
  for await (const batch of source.batches(BATCH_ROWS)) {
    if (interrupted.signal.aborted) break;
    const kilometres = (await haversine.invoke(batch.coordinates)).toArray() as Float64Array;
    const { recordedMiles, origins, destinations } = batch;
    for (let row = 0; row < kilometres.length; row++) {
      comparison.add(
        origins[row] ?? 0,
        destinations[row] ?? 0,
        recordedMiles[row] ?? Number.NaN,
        kilometres[row] ?? Number.NaN,
      );
    }
    bar.update(comparison.flights);
  }
}

if (interrupted.signal.aborted) {
  const done = comparison.flights.toLocaleString("en");
  console.error(`stopped after ${done} of ${source.flights.toLocaleString("en")} flights`);
  process.exitCode = INTERRUPTED;
} else {
  const elapsedMs = performance.now() - started;
  console.log(
    reportText({
      comparison,
      flights: source.flights,
      airports: await source.airports(),
      elapsedMs,
      pool: plugin.pool.metrics,
      guestBytes: guest.byteLength,
      peakMemoryBytes: process.resourceUsage().maxRSS * 1024,
    }),
  );
}
