import type { Airport, Bin, NamedAirport, Report, Route } from "../../src/report/report.ts";

/** Text that would do harm in a page that did not escape it. */
export const HOSTILE_TEXT = `<script>console.error("ran")</script><img src="http://198.51.100.1/x" onerror='console.error("ran")'>&amp;`;

const airport = (
  iata: string,
  name: string,
  city: string,
  latitude: number,
  longitude: number,
): NamedAirport => ({ iata, name, city, latitude, longitude });

const GSO = airport("GSO", "Piedmont Triad International", "Greensboro", 36.1, -79.94);
const RDU = airport("RDU", "Raleigh-Durham International", "Raleigh", 35.88, -78.79);
const ITO = airport("ITO", "Hilo International", "Hilo", 19.72, -155.05);
const KOA = airport("KOA", "Kona International At Keahole", "Kailua/Kona", 19.74, -156.05);
const GST = airport("GST", "Gustavus", "Gustavus", 58.42, -135.71);
const JNU = airport("JNU", "Juneau International", "Juneau", 58.35, -134.58);
const STT = airport("STT", "Cyril E King", "Charlotte Amalie", 18.34, -64.97);
const STX = airport("STX", "Henry E. Rohlsen", "Christiansted", 17.7, -64.8);
const ORD = airport("ORD", "Chicago O'Hare International", "Chicago", 41.98, -87.9);

const route = (from: NamedAirport, to: NamedAirport, offPercent: number): Route => ({
  from,
  to,
  flights: 367,
  recordedMiles: 64,
  computedMiles: 64 * (1 + offPercent / 100),
  offPercent,
});

/** A grid of airports over the contiguous states. */
const GRID: readonly Airport[] = Array.from({ length: 900 }, (_, i) => ({
  iata: `X${i}`,
  latitude: 26 + (i % 30) * 0.75,
  longitude: -122 + Math.floor(i / 30) * 1.7,
  served: i % 13 === 0,
}));

const BINS: readonly Bin[] = [1, 156, 1973, 88_113, 774_487, 498_042, 399_690, 40_797, 367].map(
  (flights, i) => ({ fromPercent: (i - 5) / 10, toPercent: (i - 4) / 10, flights }),
);

/** A report as a run makes it, with a hostile text wherever data or a plugin could bring one. */
export function sampleReport(): Report {
  const hostile = {
    ...GSO,
    name: HOSTILE_TEXT,
    city: HOSTILE_TEXT,
    iata: HOSTILE_TEXT.slice(0, 8),
  };
  const pairs: readonly (readonly [NamedAirport, NamedAirport])[] = [
    [GSO, RDU],
    [ITO, KOA],
    [hostile, RDU],
    [GST, JNU],
    [STT, STX],
  ];
  return {
    madeAt: new Date("2026-01-02T03:04:05Z"),
    elapsedMs: 12_345,
    peakMemoryBytes: 700 * 2 ** 20,
    machine: {
      cpu: "A Processor With A Rather Long Name @ 2.90GHz",
      cores: 2,
      node: "20.19.0",
      duckdb: "v1.5.6",
      memoryGib: 24,
      os: "Linux 6.1.0 x86_64",
      v8: "11.3.244.8",
      loadAverage: 0.5,
    },
    flights: 3_000_000,
    comparedFlights: 3_000_000,
    formats: ["Extism", "component", "core module"].map((format, i) => ({
      format,
      guestBytes: 32_245,
      loadMs: 40 + 10 * i,
      perChunk: { flights: 3_000_000, queryMs: 2100 + 130 * i, guests: 1474, differingFlights: 0 },
      perQuery: { flights: 3_000_000, queryMs: 1400 + 130 * i, guests: 2, differingFlights: 0 },
    })),
    ownArithmeticMs: 700,
    errors: {
      medianPercent: 0.178,
      meanPercent: 0.19,
      p99Percent: 0.579,
      maxPercent: 1.41,
      eastWestPercent: -0.19,
      northSouthPercent: 0.14,
      bins: BINS,
    },
    routes: pairs.map(([from, to], i) => route(from, to, (i % 2 === 0 ? -1 : 1) * (1.4 - i / 10))),
    leastRouteFlights: 100,
    airports: [...GRID, ...[GSO, RDU, ITO, KOA].map((one) => ({ ...one, served: true }))],
    delays: {
      airports: [ORD, GSO, hostile].map(({ iata, name }, i) => ({
        iata,
        name,
        flights: 166_341,
        meanMinutes: 6.3 + i,
        deviationMinutes: 31.2,
        medianMinutes: -1,
        p95Minutes: 59 + i,
      })),
      differingValues: 0,
      values: 12,
      queryMs: 900,
      flights: 500_000,
    },
    nearest: {
      airport: ORD,
      cities: [
        { name: "Chicago", latitude: 41.88, longitude: -87.63, km: 25.6 },
        { name: HOSTILE_TEXT, latitude: 45.5, longitude: -73.57, km: 1198 },
      ],
    },
    containments: ["endless loop", "memory bomb", HOSTILE_TEXT].map((name, i) => ({
      name,
      format: "Extism",
      tried: "loops for ever",
      call: "SELECT ai_example_hostile_loop(1.0)",
      code: i === 1 ? undefined : "TIMEOUT",
      message: HOSTILE_TEXT,
      afterMs: 503,
      contained: true,
      next: "haversine(Berlin, Paris) = 877.5 km",
    })),
  };
}
