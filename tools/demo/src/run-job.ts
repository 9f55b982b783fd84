import { version } from "@duckdb/node-api";
import { attach } from "@uni/duckdb";
import { readFixture } from "@uni/fixtures";
import { PluginRegistry } from "@uni/plugin";
import { describeMachine } from "@uni/reports";
import { containHostiles } from "./hostile/contain.ts";
import { EXTISM } from "./plugins/formats.ts";
import { runFormats } from "./plugins/run-formats.ts";
import type { Progress } from "./progress.ts";
import type { DelaySummary, NearestCities, Report } from "./report/report.ts";
import { aggregateDelays } from "./sql/aggregate-delays.ts";
import { computeDistances, DISTANCES, OWN_KM } from "./sql/compute-distances.ts";
import { FlightDatabase } from "./sql/flight-database.ts";
import { followQuery } from "./sql/follow-query.ts";
import { measureErrors, worstRoutes } from "./sql/measure-errors.ts";
import { nearestCities } from "./sql/nearest-cities.ts";

const WORST_ROUTES = 25;
const LEAST_ROUTE_FLIGHTS = 100;
const BUSIEST_AIRPORTS = 12;
const CITIES = 10;
const OWN_DISTANCES = "distances_own";

/**
 * Everything that the main job does.
 *
 * @param signal ends the query that runs, and the job.
 * @throws the signal's reason where it was aborted.
 */
export async function runJob(progress: Progress, signal: AbortSignal): Promise<Report> {
  const started = performance.now();
  progress.begin("reading the flights");
  using database = await FlightDatabase.open();
  const { connection, flights } = database;

  const formats = await runFormats(database, progress, signal);
  progress.begin("distances by DuckDB's own arithmetic", flights);
  const own = await followQuery(connection, progress, signal, () =>
    computeDistances(connection, OWN_DISTANCES, OWN_KM),
  );

  const step = <T>(name: string, run: () => Promise<T>): Promise<T> => {
    progress.begin(name);
    return followQuery(connection, progress, signal, run);
  };
  const routeOptions = { count: WORST_ROUTES, leastFlights: LEAST_ROUTE_FLIGHTS };
  const errors = await step("measuring the errors", () => measureErrors(connection, DISTANCES));
  const routes = await step("measuring the errors", () =>
    worstRoutes(connection, DISTANCES, routeOptions),
  );
  const { delays, nearest } = await step("aggregating the delays", () => useAggregates(database));
  const containments = await step("calling hostile plugins", () => containHostiles(database));
  return {
    madeAt: new Date(),
    elapsedMs: performance.now() - started,
    peakMemoryBytes: process.resourceUsage().maxRSS * 1024,
    machine: { ...describeMachine(), duckdb: version() },
    flights,
    comparedFlights: own.flights,
    formats,
    ownArithmeticMs: own.queryMs,
    errors,
    routes,
    leastRouteFlights: LEAST_ROUTE_FLIGHTS,
    airports: await database.airports(),
    delays,
    nearest,
    containments,
  };
}

/** The aggregates of one plugin and the procedure of another, in one registry. */
async function useAggregates(
  database: FlightDatabase,
): Promise<{ readonly delays: DelaySummary; readonly nearest: NearestCities }> {
  const { connection, instance } = database;
  const registry = new PluginRegistry();
  await using loader = EXTISM.loader();
  await loader.load(readFixture("stats"), { registry });
  await loader.load(EXTISM.geo(), { registry });
  await using _attached = await attach(connection, registry, { instance });
  const delays = await aggregateDelays(connection, BUSIEST_AIRPORTS);
  return { delays, nearest: await nearestCities(connection, CITIES) };
}
