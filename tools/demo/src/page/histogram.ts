import { type Html, html } from "@uni/reports";
import { count, percent, signedPercent } from "../report/quantities.ts";
import type { Bin } from "../report/report.ts";

/** Powers of ten from 1 up to the first that is no less than `most`. */
export function decades(most: number): number[] {
  const steps = Math.max(1, Math.ceil(Math.log10(most)));
  return Array.from({ length: steps + 1 }, (_, i) => 10 ** i);
}

/**
 * How high a count stands on a logarithmic scale that ends at `top`, from 0 to 1. One flight has to
 * differ from none, so that the scale starts below 1.
 */
export function logHeight(value: number, top: number): number {
  if (value <= 0) return 0;
  const least = 0.5;
  return Math.min(1, Math.log(value / least) / Math.log(top / least));
}

/** The bins with the empty ones between and around them, to the same distance on either side. */
export function symmetricBins(bins: readonly Bin[], widthPercent: number): Bin[] {
  const index = ({ fromPercent }: Bin) => Math.round(fromPercent / widthPercent);
  const flights = new Map(bins.map((bin) => [index(bin), bin.flights]));
  const reach = Math.max(1, ...bins.map((bin) => Math.max(-index(bin), index(bin) + 1)));
  return Array.from({ length: 2 * reach }, (_, i) => i - reach).map((i) => ({
    fromPercent: i * widthPercent,
    toPercent: (i + 1) * widthPercent,
    flights: flights.get(i) ?? 0,
  }));
}

const compact = (value: number): string =>
  value >= 1e6 ? `${value / 1e6} M` : value >= 1000 ? `${value / 1000} k` : `${value}`;

/** Flights by how far they are off, as columns on a logarithmic scale. */
export function histogramFigure(sparse: readonly Bin[], description: string): Html {
  const [first] = sparse;
  const widthPercent = first === undefined ? 0.1 : first.toPercent - first.fromPercent;
  const bins = symmetricBins(sparse, widthPercent);
  const ticks = decades(Math.max(1, ...bins.map(({ flights }) => flights)));
  const top = ticks.at(-1) ?? 1;
  const reachPercent = (bins.length / 2) * widthPercent;
  return html`<figure>
<div class="plot">
<svg class="fill" viewBox="0 0 ${bins.length} 100" preserveAspectRatio="none" role="img" aria-labelledby="histogram-title histogram-desc">
<title id="histogram-title">Flights by how far the computed distance is off</title>
<desc id="histogram-desc">${description}</desc>
${ticks.map((tick) => gridLine(100 - 100 * logHeight(tick, top), bins.length))}
${bins.map((bin, i) => column(bin, i, top))}
<line class="axis" x1="0" x2="${bins.length}" y1="100" y2="100"/>
<line class="zero" x1="${bins.length / 2}" x2="${bins.length / 2}" y1="0" y2="100"/>
</svg>
${ticks.map(
  (tick) =>
    html`<span class="tick-y" style="top: ${100 - 100 * logHeight(tick, top)}%">${compact(tick)}</span>`,
)}
${tickPercents(reachPercent).map(
  (at) =>
    html`<span class="tick-x${Number.isInteger(at) ? "" : " wide"}" style="left: ${(50 + (50 * at) / reachPercent).toFixed(2)}%">${signedPercent(at, 1)}</span>`,
)}
</div>
<figcaption>Flights in steps of ${percent(widthPercent, 1)}; the height is logarithmic.
<span class="key short">computed shorter than recorded</span> <span class="key long">computed longer</span></figcaption>
</figure>`;
}

function gridLine(y: number, width: number): Html {
  return html`<line class="grid" x1="0" x2="${width}" y1="${y.toFixed(2)}" y2="${y.toFixed(2)}"/>`;
}

function column(bin: Bin, i: number, top: number): Html | undefined {
  if (bin.flights === 0) return undefined;
  const height = 100 * logHeight(bin.flights, top);
  const range = `${signedPercent(bin.fromPercent, 1)} to ${signedPercent(bin.toPercent, 1)}`;
  return html`<rect class="${bin.fromPercent < -1e-9 ? "short" : "long"}" x="${i + 0.06}" width="0.88" y="${(100 - height).toFixed(2)}" height="${height.toFixed(2)}"><title>${range}: ${count(bin.flights)} flights</title></rect>`;
}

/** Every half percent, from one end to the other. */
function tickPercents(reachPercent: number): number[] {
  const steps = Math.floor(reachPercent / 0.5 + 1e-9);
  return Array.from({ length: 2 * steps + 1 }, (_, i) => (i - steps) * 0.5);
}
