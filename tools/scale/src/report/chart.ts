import { type Html, html } from "@uni/reports";
import { figure, type Quantity } from "./quantities.ts";
import type { MeasuredCurve } from "./report.ts";

const WIDTH = 460;
const HEIGHT = 280;
const EDGE = { left: 58, right: 12, top: 12, bottom: 40 } as const;

interface Scale {
  readonly ticks: readonly number[];
  /** Where a value is, between two places on the page. */
  readonly at: (value: number, from: number, to: number) => number;
}

/** A quantity over what grows, both on logarithmic scales. */
export function chart(
  curves: readonly MeasuredCurve[],
  quantity: Quantity,
  valueName: string,
): Html {
  const lines = curves.map((curve) => ({
    curve,
    places: curve.points.flatMap((point) => {
      const y = quantity.read(point);
      // A logarithm has no place for what is nothing.
      return y === undefined || y <= 0 ? [] : [{ x: point.value, y }];
    }),
  }));
  const all = lines.flatMap(({ places }) => places);
  const across = scaleOf(all.map(({ x }) => x));
  const up = scaleOf(all.map(({ y }) => y));
  const left = (x: number) => across.at(x, EDGE.left, WIDTH - EDGE.right).toFixed(1);
  const top = (y: number) => up.at(y, HEIGHT - EDGE.bottom, EDGE.top).toFixed(1);
  const title = `${quantity.name}, ${quantity.unit}`;
  return html`<figure><figcaption>${title}</figcaption>
<svg viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="${title}, over ${valueName}">
${up.ticks.map((y) => html`<path class="grid" d="M${EDGE.left} ${top(y)}H${WIDTH - EDGE.right}"/><text class="y" x="${EDGE.left - 6}" y="${top(y)}">${figure(y)}</text>`)}
${across.ticks.map((x) => html`<path class="grid" d="M${left(x)} ${EDGE.top}V${HEIGHT - EDGE.bottom}"/><text class="x" x="${left(x)}" y="${HEIGHT - EDGE.bottom + 16}">${short(x)}</text>`)}
${lines.map(
  ({ curve, places }) => html`<g class="${curve.format} ${curve.where}">
<path d="${places.map(({ x, y }, i) => `${i === 0 ? "M" : "L"}${left(x)} ${top(y)}`).join("")}"/>
${places.map(({ x, y }) => html`<circle cx="${left(x)}" cy="${top(y)}" r="2.5"><title>${curve.format}, ${curve.where}, ${x.toLocaleString("en")} ${valueName}: ${figure(y)} ${quantity.unit}</title></circle>`)}
</g>`,
)}
<text class="x" x="${(EDGE.left + WIDTH - EDGE.right) / 2}" y="${HEIGHT - 6}">${valueName}</text>
</svg></figure>`;
}

/** Powers of ten, or of two where there would be few, around the values. */
function scaleOf(values: readonly number[]): Scale {
  const [least, most] = [Math.min(...values), Math.max(...values)];
  const base = most / least < 100 ? 2 : 10;
  const power = (value: number) => Math.log(value) / Math.log(base);
  const first = Math.floor(power(least) + 1e-9);
  const last = Math.max(first + 1, Math.ceil(power(most) - 1e-9));
  const ticks = Array.from({ length: last - first + 1 }, (_, i) => base ** (first + i));
  return {
    ticks,
    at: (value, from, to) => from + ((to - from) * (power(value) - first)) / (last - first),
  };
}

const short = (value: number): string =>
  value >= 1e6
    ? `${figure(value / 1e6)} M`
    : value >= 1000
      ? `${figure(value / 1000)} k`
      : figure(value);
