import { type Html, html } from "@uni/reports";
import { count, kibibytes, perSecond } from "../report/quantities.ts";
import type { FormatRun, QueryRun, Report } from "../report/report.ts";

/** How fast the query was in each format, with DuckDB's own arithmetic beside them. */
export function formatBars(report: Report): Html {
  const ownRate = perSecond(report.comparedFlights, report.ownArithmeticMs);
  const rates = report.formats.flatMap((run) => [rateOf(run.perChunk), rateOf(run.perQuery)]);
  const top = Math.max(ownRate, ...rates);
  return html`<table class="bars">
<caption>Flights per second of the whole query</caption>
<thead><tr><th scope="col">a fresh guest for each</th><th scope="col" class="number">flights/s</th></tr></thead>
${report.formats.map((run) => formatRows(run, top))}
<tbody>${groupHead("no plugin", "the same formula in DuckDB's own arithmetic")}${row("no guest", ownRate, top, "bar floor")}</tbody>
</table>`;
}

const rateOf = ({ flights, queryMs }: QueryRun): number => perSecond(flights, queryMs);

function formatRows(run: FormatRun, top: number): Html {
  const { format, guestBytes, loadMs, perChunk, perQuery } = run;
  const details = `${kibibytes(guestBytes)}, loaded in ${count(loadMs)} ms`;
  const turn = (unit: string, run: QueryRun) =>
    row(`${unit}, ${count(run.guests)} guests`, rateOf(run), top, "bar");
  return html`<tbody>${groupHead(format, details)}${turn("chunk of rows", perChunk)}${turn("query and thread", perQuery)}</tbody>`;
}

function groupHead(name: string, details: string): Html {
  return html`<tr><th scope="rowgroup" colspan="2">${name} <span class="aside">${details}</span></th></tr>`;
}

function row(name: string, rate: number, top: number, kind: string): Html {
  return html`<tr class="in-group"><td>${name}</td><td class="number">${count(rate)}</td></tr><tr class="more"><td colspan="2"><span class="${kind}"><span style="width: ${((100 * rate) / top).toFixed(1)}%"></span></span></td></tr>`;
}
