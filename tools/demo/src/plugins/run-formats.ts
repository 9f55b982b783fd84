import { attach } from "@uni/duckdb";
import { PluginRegistry } from "@uni/plugin";
import type { Progress } from "../progress.ts";
import type { FormatRun, QueryRun } from "../report/report.ts";
import {
  computeDistances,
  countDiffering,
  DISTANCES,
  PLUGIN_KM,
} from "../sql/compute-distances.ts";
import type { FlightDatabase } from "../sql/flight-database.ts";
import { followQuery } from "../sql/follow-query.ts";
import { FORMATS, type Format } from "./formats.ts";

/** The distances of a run, until they are compared. */
const AGAIN = "distances_again";

/**
 * Computes all distances with the plugin in every format, twice: with a fresh guest for each chunk of
 * rows, and with one for each query. The first run fills {@link DISTANCES}; the others are compared
 * with it, and kept no longer, as three million rows are 70 MB.
 */
export async function runFormats(
  database: FlightDatabase,
  progress: Progress,
  signal: AbortSignal,
): Promise<FormatRun[]> {
  const runs: FormatRun[] = [];
  for (const format of FORMATS) runs.push(await runFormat(format, database, progress, signal));
  return runs;
}

async function runFormat(
  format: Format,
  database: FlightDatabase,
  progress: Progress,
  signal: AbortSignal,
): Promise<FormatRun> {
  const { connection, instance, flights } = database;
  const bytes = format.geo();
  const registry = new PluginRegistry();
  await using loader = format.loader();
  const started = performance.now();
  const plugin = await loader.load(bytes, { registry });
  const loadMs = performance.now() - started;

  const run = async (session: boolean): Promise<QueryRun> => {
    await using _attached = await attach(connection, registry, { instance, session });
    const guestsBefore = plugin.pool.metrics.misses;
    progress.begin(`distances by ${format.name}${session ? ", one guest" : ""}`, flights);
    return await followQuery(connection, progress, signal, async () => {
      const isFirst = format === FORMATS[0] && !session;
      const table = isFirst ? DISTANCES : AGAIN;
      const computed = await computeDistances(connection, table, PLUGIN_KM);
      const guests = plugin.pool.metrics.misses - guestsBefore;
      if (isFirst) return { ...computed, guests, differingFlights: 0 };
      const differingFlights = await countDiffering(connection, DISTANCES, AGAIN);
      await connection.run(`DROP TABLE ${AGAIN}`);
      return { ...computed, guests, differingFlights };
    });
  };
  const perChunk = await run(false);
  const perQuery = await run(true);
  return { format: format.name, guestBytes: bytes.byteLength, loadMs, perChunk, perQuery };
}
