import { textTable } from "@uni/reports";
import {
  count,
  decimal,
  kibibytes,
  mebibytes,
  percent,
  perSecond,
  seconds,
  signedPercent,
} from "./quantities.ts";
import type { Containment, DelaySummary, QueryRun, Report } from "./report.ts";
import { differingDistances } from "./verdict.ts";

const SHOWN_ROUTES = 5;
const SHOWN_AIRPORTS = 5;
const SHOWN_CITIES = 5;

/** The summary of a run for a terminal; the page has all of it. */
export function reportText(report: Report): string {
  const sections: readonly (readonly [title: string, lines: readonly string[]])[] = [
    ["distances in SQL, in flights/s: ai_example_geo_haversine(…)", formatLines(report)],
    ["off what the airlines recorded", errorLines(report)],
    ["delays in minutes: ai_example_stats_…(list(delay), …)", delayLines(report.delays)],
    [
      `nearest to ${report.nearest.airport.iata}: FROM ai_example_geo_nearest(…)`,
      cityLines(report),
    ],
    ["hostile plugins", report.containments.flatMap(containmentLines)],
  ];
  const { machine } = report;
  const head = [
    `${count(report.comparedFlights)} of ${count(report.flights)} flights compared in ${seconds(report.elapsedMs)}, at most ${mebibytes(report.peakMemoryBytes)}`,
    `${machine.cpu}, ${machine.cores} cores, Node.js ${machine.node}, DuckDB ${machine.duckdb}`,
  ];
  const lines = sections.flatMap(([title, own]) => ["", title, ...own.map((line) => `  ${line}`)]);
  return `${printable([...head, ...lines].join("\n"))}\n`;
}

function formatLines(report: Report) {
  const { formats, comparedFlights, ownArithmeticMs } = report;
  const differing = differingDistances(report);
  const rate = ({ flights, queryMs }: QueryRun) => count(perSecond(flights, queryMs));
  const rows = formats.map(({ format, guestBytes, loadMs, perChunk, perQuery }) => [
    format,
    kibibytes(guestBytes),
    `${count(loadMs)} ms`,
    rate(perChunk),
    count(perChunk.guests),
    rate(perQuery),
    count(perQuery.guests),
  ]);
  const own = count(perSecond(comparedFlights, ownArithmeticMs));
  return [
    ...textTable(
      [
        ["a fresh guest for each", "size", "load", "chunk", "guests", "query", "guests"],
        ...rows,
        ["no plugin", "", "", own],
      ],
      ["left", "right", "right", "right", "right", "right", "right"],
    ),
    differing === 0
      ? `identical in all ${2 * formats.length} runs, to the last bit`
      : `${count(differing)} distances DIFFER from those of the first run`,
  ];
}

function errorLines({ errors, routes }: Report) {
  const rows = routes
    .slice(0, SHOWN_ROUTES)
    .map(({ from, to, recordedMiles, computedMiles, offPercent, flights }) => [
      `${from.iata} ${from.city} – ${to.iata} ${to.city}`,
      count(recordedMiles),
      decimal(computedMiles, 1),
      signedPercent(offPercent),
      count(flights),
    ]);
  return [
    `median ${percent(errors.medianPercent)}, mean ${percent(errors.meanPercent)}, 99th percentile ${percent(errors.p99Percent)}, at most ${percent(errors.maxPercent)}`,
    ...textTable(
      [["routes that disagree most", "recorded mi", "computed mi", "off", "flights"], ...rows],
      ["left", "right", "right", "right", "right"],
    ),
  ];
}

function delayLines({ airports, differingValues, values }: DelaySummary) {
  const rows = airports
    .slice(0, SHOWN_AIRPORTS)
    .map((airport) => [
      `${airport.iata} ${airport.name}`,
      count(airport.flights),
      decimal(airport.medianMinutes, 0),
      decimal(airport.meanMinutes, 1),
      decimal(airport.deviationMinutes, 1),
      decimal(airport.p95Minutes, 0),
    ]);
  return [
    ...textTable(
      [["from", "flights", "median", "mean by miles", "std. dev.", "95th"], ...rows],
      ["left", "right", "right", "right", "right", "right"],
    ),
    differingValues === 0
      ? `all ${values} values of ${airports.length} airports agree with DuckDB's own aggregates`
      : `${differingValues} of ${values} values DIFFER from DuckDB's own aggregates`,
  ];
}

function cityLines({ nearest }: Report) {
  const cities = nearest.cities.slice(0, SHOWN_CITIES);
  return [cities.map(({ name, km }) => `${name} ${count(km)} km`).join(", ")];
}

function containmentLines({ name, format, code, message, afterMs, contained, next }: Containment) {
  const verdict = contained ? "" : "NOT CONTAINED: ";
  return [
    `${verdict}${name} (${format}): ${code ?? "refused"} after ${count(afterMs)} ms`,
    `  ${message}`,
    `  ${next}`,
  ];
}

/** Without what a terminal would take for a command: plugins and data bring texts. */
function printable(text: string): string {
  return text.replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, (character) =>
    character === "\n" ? character : "�",
  );
}
