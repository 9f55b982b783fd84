import { type Content, type Html, html } from "@uni/reports";
import { count, mebibytes, millions, percent, perSecond, seconds } from "../report/quantities.ts";
import type { ErrorSummary, Report } from "../report/report.ts";
import { differingDistances, runsOf } from "../report/verdict.ts";
import { containmentList } from "./containments.ts";
import { formatBars } from "./format-bars.ts";
import { histogramFigure } from "./histogram.ts";
import { routeMap } from "./route-map.ts";
import { STYLE } from "./style.ts";
import { binTable, delayTable, nearestTable, routeTables } from "./tables.ts";

/**
 * The report as one HTML file that needs nothing beside it. Its policy allows no request, so that even
 * a text that got past the escaping could fetch nothing and run nothing.
 */
export function reportPage(report: Report): string {
  const { errors, nearest, routes, delays, containments } = report;
  return html`<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="color-scheme" content="light dark">
<title>${count(report.flights)} flights through WebAssembly plugins, ${day(report.madeAt)}</title>
<style>${STYLE}</style>
</head>
<body>
${pageHeader(report)}
<main>
<div class="pair">
<section id="errors"><h2>How far off the distances are</h2>
<p>${errorsText(errors)}</p>
${histogramFigure(errors.bins, histogramText(errors))}
${binTable(errors.bins)}
</section>
<section id="formats"><h2>One plugin in three formats</h2>
<p>The plugin <code>ai.example.geo</code>, built from one source, computes inside a DuckDB query. ${agreement(report)}</p>
${formatBars(report)}
</section>
</div>
<section id="routes"><h2>The routes that disagree most</h2>
<p>Of the routes with at least ${count(report.leastRouteFlights)} flights, both directions as one.</p>
${routeMap(report.airports, routes)}
${routeTables(routes)}
</section>
<div class="pair">
<section id="delays"><h2>Delays</h2>
<p>Aggregates of the plugin <code>ai.example.stats</code> over lists in SQL; the mean is weighted by the miles flown. ${delaysText(report)}</p>
${delayTable(delays)}
<p class="meta">Lines go from the median to the 95th percentile, the mark is the mean.</p>
</section>
<section id="nearest"><h2>Cities nearest to an airport</h2>
<p>The procedure <code>ai.example.geo.nearest</code> as a table function, for the busiest airport. The plugin knows some cities of the world.</p>
${nearestTable(nearest)}
</section>
</div>
<section id="hostile"><h2>Hostile plugins, contained</h2>
<p>Each was loaded beside the plugins above, into the same process and the same database. What ran next ran as ever.</p>
${containmentList(containments)}
</section>
</main>
<footer>The data are three million flights of 2001 in the United States, and their airports, of vega-datasets. The whole run took ${seconds(report.elapsedMs)}, with at most ${mebibytes(report.peakMemoryBytes)} of memory.</footer>
</body>
</html>
`.toString();
}

function pageHeader(report: Report): Html {
  const { machine, errors, formats, containments } = report;
  const runs = runsOf(report);
  const rates = runs.map(({ flights, queryMs }) => perSecond(flights, queryMs));
  const contained = containments.filter((each) => each.contained);
  const differing = differingDistances(report);
  const sameShare = 1 - differing / (runs.length * report.comparedFlights);
  return html`<header>
<h1>${count(report.flights)} flights through WebAssembly plugins</h1>
<p>Great-circle distances that an untrusted plugin computes in DuckDB's SQL, against the distances that the airlines recorded.</p>
<ul class="meta"><li><time datetime="${report.madeAt.toISOString()}">${minute(report.madeAt)}</time></li><li>${machine.cpu}, ${machine.cores} cores, ${machine.os}</li><li>Node.js ${machine.node}</li><li>DuckDB ${machine.duckdb}</li></ul>
<dl class="strip">
${fact("flights compared", count(report.comparedFlights))}
${fact(`identical in ${formats.length} formats`, percent(100 * sameShare, differing === 0 ? 0 : 4))}
${fact("median error", percent(errors.medianPercent))}
${fact("99th percentile", percent(errors.p99Percent))}
${fact("flights/s at best", millions(Math.max(...rates)))}
${fact("hostile plugins contained", `${contained.length} of ${containments.length}`)}
</dl>
</header>`;
}

const fact = (name: string, value: Content): Html =>
  html`<div><dt>${name}</dt><dd>${value}</dd></div>`;

function agreement(report: Report): Html {
  const differing = differingDistances(report);
  const { comparedFlights } = report;
  return differing === 0
    ? html`<span class="agreement">All three, run twice each, give the same ${count(comparedFlights)} distances, to the last bit.</span>`
    : html`<span class="agreement long">${count(differing)} distances are not those of the first run.</span>`;
}

function delaysText({ delays: { differingValues, values } }: Report): Html {
  return differingValues === 0
    ? html`All ${count(values)} values agree with those of DuckDB's own aggregates.`
    : html`<span class="long">${count(differingValues)} of ${count(values)} values differ from those of DuckDB's own aggregates.</span>`;
}

function errorsText(errors: ErrorSummary): Html {
  return html`Half of the flights are off by less than ${percent(errors.medianPercent)}, 99 of 100 by less than ${percent(errors.p99Percent)}, and none by more than ${percent(errors.maxPercent)}. The plugin computes on a sphere, and the Earth is flattened: routes that go more east or west come out at ${signed(errors.eastWestPercent)} on average, those that go more north or south at ${signed(errors.northSouthPercent)}.`;
}

const signed = (value: number): string => (value > 0 ? `+${percent(value)}` : percent(value));

function histogramText(errors: ErrorSummary): string {
  return `A histogram from ${percent(-errors.maxPercent, 1)} to ${percent(errors.maxPercent, 1)} with a logarithmic height. The median of the amounts is ${percent(errors.medianPercent)}, their 99th percentile ${percent(errors.p99Percent)}.`;
}

/** In the time of this machine, which is what its user reads. */
function minute(date: Date): string {
  return date.toLocaleString("en", { dateStyle: "long", timeStyle: "short", hourCycle: "h23" });
}

const day = (date: Date): string => date.toLocaleDateString("en", { dateStyle: "long" });
