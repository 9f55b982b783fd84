import { type Html, html } from "@uni/reports";
import { count, decimal, percent, signedPercent } from "../report/quantities.ts";
import type { Bin, DelaySummary, NearestCities, Route } from "../report/report.ts";

/** The routes in two tables, which stand beside each other where there is room. */
export function routeTables(routes: readonly Route[]): Html {
  const half = Math.ceil(routes.length / 2);
  const parts = [routes.slice(0, half), routes.slice(half)].filter(({ length }) => length > 0);
  return html`<div class="columns">${parts.map((part, i) => routeTable(part, i * half + 1))}</div>`;
}

function routeTable(routes: readonly Route[], first: number): Html {
  const last = first + routes.length - 1;
  return html`<div class="scroll" role="region" tabindex="0" aria-label="Routes ${first} to ${last}"><table>
<caption class="unseen">Routes ${first} to ${last} of those that disagree most</caption>
<thead><tr><th scope="col" class="number">#</th><th scope="col">route</th><th scope="col" class="number wide">recorded mi</th><th scope="col" class="number">computed mi</th><th scope="col" class="number">off</th><th scope="col" class="number wide">flights</th></tr></thead>
<tbody>
${routes.map(
  ({ from, to, recordedMiles, computedMiles, offPercent, flights }, i) =>
    html`<tr><td class="number muted">${first + i}</td><th scope="row">${from.iata} – ${to.iata}<small>${from.city} – ${to.city}</small></th><td class="number wide">${count(recordedMiles)}</td><td class="number">${decimal(computedMiles, 1)}</td><td class="number ${offPercent < 0 ? "short" : "long"}">${signedPercent(offPercent)}</td><td class="number wide">${count(flights)}</td></tr>`,
)}
</tbody></table></div>`;
}

/** Delays by airport, with a line from the median to the 95th percentile. */
export function delayTable({ airports }: DelaySummary): Html {
  const top = Math.max(1, ...airports.map(({ p95Minutes }) => p95Minutes));
  const bottom = Math.min(0, ...airports.map(({ medianMinutes }) => medianMinutes));
  const at = (minutes: number) => `${((100 * (minutes - bottom)) / (top - bottom)).toFixed(1)}%`;
  return html`<div class="scroll" role="region" tabindex="0" aria-label="Delays by airport"><table>
<caption>Minutes of delay of the flights from the busiest airports</caption>
<thead><tr><th scope="col">from</th><th scope="col" class="number wide">flights</th><th scope="col" class="number">median</th><th scope="col" class="number">mean</th><th scope="col" class="number">std. dev.</th><th scope="col" class="number">95th</th></tr></thead>
<tbody>
${airports.map(
  (airport) =>
    html`<tr><th scope="row"><abbr title="${airport.name}">${airport.iata}</abbr><span class="range" aria-hidden="true"><span style="left: ${at(airport.medianMinutes)}; right: calc(100% - ${at(airport.p95Minutes)})"></span><i style="left: ${at(airport.meanMinutes)}"></i></span></th><td class="number wide">${count(airport.flights)}</td><td class="number">${decimal(airport.medianMinutes, 0)}</td><td class="number">${decimal(airport.meanMinutes, 1)}</td><td class="number">${decimal(airport.deviationMinutes, 1)}</td><td class="number">${decimal(airport.p95Minutes, 0)}</td></tr>`,
)}
</tbody></table></div>`;
}

export function nearestTable({ airport, cities }: NearestCities): Html {
  const top = Math.max(1, ...cities.map(({ km }) => km));
  return html`<table class="bars">
<caption>From ${airport.name} (${airport.iata})</caption>
<thead><tr><th scope="col">city</th><th scope="col" class="number">km</th></tr></thead>
<tbody>
${cities.map(
  ({ name, km }) =>
    html`<tr><th scope="row">${name}</th><td class="number">${decimal(km, km < 100 ? 1 : 0)}</td></tr><tr class="more"><td colspan="2"><span class="bar"><span style="width: ${((100 * km) / top).toFixed(1)}%"></span></span></td></tr>`,
)}
</tbody></table>`;
}

/** What the histogram shows, as numbers. */
export function binTable(bins: readonly Bin[]): Html {
  return html`<details><summary>The numbers of the figure</summary><div class="scroll" role="region" tabindex="0" aria-label="Numbers of the histogram"><table>
<thead><tr><th scope="col">off by at least</th><th scope="col">and less than</th><th scope="col" class="number">flights</th></tr></thead>
<tbody>
${bins.map(
  ({ fromPercent, toPercent, flights }) =>
    html`<tr><td>${percent(fromPercent, 1)}</td><td>${percent(toPercent, 1)}</td><td class="number">${count(flights)}</td></tr>`,
)}
</tbody></table></div></details>`;
}
