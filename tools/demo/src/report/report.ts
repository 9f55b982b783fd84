import type { Machine } from "@uni/reports";
/** What a run of the job found: the terminal's summary and the page are made of it alone. */
export interface Report {
  readonly madeAt: Date;
  readonly elapsedMs: number;
  readonly peakMemoryBytes: number;
  readonly machine: JobMachine;
  /** Flights in the data, and those whose airports have coordinates. */
  readonly flights: number;
  readonly comparedFlights: number;
  readonly formats: readonly FormatRun[];
  /** The same query with DuckDB's own arithmetic in place of the plugin: what it costs without. */
  readonly ownArithmeticMs: number;
  readonly errors: ErrorSummary;
  readonly routes: readonly Route[];
  /** Routes of fewer flights are left out. */
  readonly leastRouteFlights: number;
  readonly airports: readonly Airport[];
  readonly delays: DelaySummary;
  readonly nearest: NearestCities;
  readonly containments: readonly Containment[];
}

/** The machine, and the database on it. */
interface JobMachine extends Machine {
  readonly duckdb: string;
}

/** A format's turns at the query. */
export interface FormatRun {
  readonly format: string;
  readonly guestBytes: number;
  readonly loadMs: number;
  /** With a fresh guest for each chunk of rows, and with one for the whole query on each thread. */
  readonly perChunk: QueryRun;
  readonly perQuery: QueryRun;
}

export interface QueryRun {
  readonly flights: number;
  readonly queryMs: number;
  /** Fresh guests that the query was given. */
  readonly guests: number;
  /** Flights whose distance is not that of the first run, to the last bit. */
  readonly differingFlights: number;
}

/** Computed against recorded miles, in percent of the recorded ones. */
export interface ErrorSummary {
  /** Of the amounts, without their signs. */
  readonly medianPercent: number;
  readonly meanPercent: number;
  readonly p99Percent: number;
  readonly maxPercent: number;
  /** Means with their signs, of the routes that go further east or west, and north or south. */
  readonly eastWestPercent: number;
  readonly northSouthPercent: number;
  readonly bins: readonly Bin[];
}

/** The flights that are off by `fromPercent` and more, and less than `toPercent`. */
export interface Bin {
  readonly fromPercent: number;
  readonly toPercent: number;
  readonly flights: number;
}

export interface Place {
  readonly latitude: number;
  readonly longitude: number;
}

export interface Airport extends Place {
  readonly iata: string;
  /** Whether flights of the data start there. */
  readonly served: boolean;
}

export interface NamedAirport extends Place {
  readonly iata: string;
  readonly name: string;
  readonly city: string;
}

/** Flights between two airports, in either direction. */
export interface Route {
  readonly from: NamedAirport;
  readonly to: NamedAirport;
  readonly flights: number;
  readonly recordedMiles: number;
  readonly computedMiles: number;
  /** Negative where the computed distance is the shorter one. */
  readonly offPercent: number;
}

export interface DelaySummary {
  readonly airports: readonly AirportDelays[];
  /** Values that differ from what DuckDB's own aggregates say, of how many. */
  readonly differingValues: number;
  readonly values: number;
  readonly queryMs: number;
  readonly flights: number;
}

/** Delays of the flights from an airport, in minutes. */
export interface AirportDelays {
  readonly iata: string;
  readonly name: string;
  readonly flights: number;
  /** Weighted by the miles that were flown. */
  readonly meanMinutes: number;
  readonly deviationMinutes: number;
  readonly medianMinutes: number;
  readonly p95Minutes: number;
}

export interface NearestCities {
  readonly airport: NamedAirport;
  readonly cities: readonly City[];
}

interface City extends Place {
  readonly name: string;
  readonly km: number;
}

/** A hostile plugin, and what became of it. */
export interface Containment {
  readonly name: string;
  readonly format: string;
  /** What the guest does, or the host by mistake. */
  readonly tried: string;
  /** What was called. */
  readonly call: string;
  /** The code of the error; undefined where the call came back. */
  readonly code: string | undefined;
  readonly message: string;
  readonly afterMs: number;
  /** Whether it ended as it had to, and what ran right after it gave what it has to. */
  readonly contained: boolean;
  /** What was run right after it, and what that gave. */
  readonly next: string;
}
