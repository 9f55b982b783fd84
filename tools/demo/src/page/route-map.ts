import { type Html, html } from "@uni/reports";
import { decimal, signedPercent } from "../report/quantities.ts";
import type { Airport, Route } from "../report/report.ts";
import { placeLabels } from "./place-labels.ts";
import { INSETS, MAP, mapPoint, type Point } from "./projection.ts";

/** The least that the map is wide where the page is narrow and where it is not, in CSS pixels. */
const NARROW_PX = 340;
const WIDE_PX = 760;
/** More numbers would hide the arcs. */
const NARROW_LABELS = 12;
const LABEL_PX = { width: 21, height: 17 };
/** How far an arc is from its chord: a share of its length, and never flat. */
const BULGE = 0.28;
const LEAST_BULGE = 7;

/** Where labels would hide an arc. */
const SAMPLES: readonly number[] = [0, 0.15, 0.3, 0.4, 0.5, 0.6, 0.7, 0.85, 1];

interface Arc {
  readonly route: Route;
  readonly rank: number;
  readonly from: Point;
  readonly control: Point;
  readonly to: Point;
}

/** The country as the dots of its airports, and the routes that disagree most as arcs. */
export function routeMap(airports: readonly Airport[], routes: readonly Route[]): Html {
  const arcs = routes.flatMap((route, i) => arcOf(route, i + 1) ?? []);
  return html`<figure>
<div class="map">
<svg viewBox="0 0 ${MAP.width} ${MAP.height}" role="img" aria-labelledby="map-title map-desc">
<title id="map-title">The routes that disagree most</title>
<desc id="map-desc">Every airport of the United States is a dot. Arcs are the ${routes.length} routes whose computed distance is furthest from the recorded one: ${routes
    .slice(0, 3)
    .map(describe)
    .join("; ")}; all of them are in the table below.</desc>
${INSETS.map(
  ({ left, top, width, height }) =>
    html`<rect class="inset" x="${left}" y="${top}" width="${width}" height="${height}" rx="6"/>`,
)}
<path class="field" d="${dots(airports.filter(({ served }) => !served))}"/>
<path class="served" d="${dots(airports.filter(({ served }) => served))}"/>
${arcs.map(arcShape)}
</svg>
${INSETS.map(
  ({ name, left, top }) =>
    html`<span class="inset-name wide" style="left: ${share(left, MAP.width)}; top: ${share(top, MAP.height)}">${name}</span>`,
)}
${labels(arcs, NARROW_LABELS, NARROW_PX, "narrow")}
${labels(arcs, arcs.length, WIDE_PX, "wide")}
</div>
<figcaption>Dots are airports, the darker ones with flights in the data. Arcs are numbered as in the table.
<span class="key short">computed shorter than recorded</span> <span class="key long">computed longer</span></figcaption>
</figure>`;
}

function describe({ from, to, offPercent }: Route): string {
  return `${from.iata} to ${to.iata}, off by ${signedPercent(offPercent)}`;
}

/** A dot each: a line of no length, which round caps make visible. */
function dots(airports: readonly Airport[]): string {
  return airports
    .flatMap((airport) => mapPoint(airport) ?? [])
    .map(({ x, y }) => `M${x.toFixed(1)} ${y.toFixed(1)}h0`)
    .join("");
}

function arcOf(route: Route, rank: number): Arc | undefined {
  const ends = [mapPoint(route.from), mapPoint(route.to)] as const;
  if (ends[0] === undefined || ends[1] === undefined) return undefined;
  // From west to east, so that every arc bulges to the north.
  const [from, to] = ends[0].x <= ends[1].x ? [ends[0], ends[1]] : [ends[1], ends[0]];
  const [dx, dy] = [to.x - from.x, to.y - from.y];
  const length = Math.max(1, Math.hypot(dx, dy));
  const bulge = 2 * Math.max(LEAST_BULGE, BULGE * length);
  const control = {
    x: (from.x + to.x) / 2 + (dy / length) * bulge,
    y: (from.y + to.y) / 2 - (dx / length) * bulge,
  };
  return { route, rank, from, control, to };
}

function arcShape({ route, rank, from, control, to }: Arc): Html {
  const at = ({ x, y }: Point) => `${x.toFixed(1)} ${y.toFixed(1)}`;
  const d = `M${at(from)}Q${at(control)} ${at(to)}`;
  const { recordedMiles, computedMiles } = route;
  return html`<g class="arc ${sideOf(route)}"><title>${rank}. ${route.from.name} (${route.from.iata}) – ${route.to.name} (${route.to.iata}): recorded ${decimal(recordedMiles, 0)} mi, computed ${decimal(computedMiles, 1)} mi, ${signedPercent(route.offPercent)}</title><path class="halo" d="${d}"/><path class="line" d="${d}"/><path class="ends" d="M${at(from)}h0M${at(to)}h0"/></g>`;
}

/** A point of an arc: 0 is its start, 1 its end. */
function along({ from, control, to }: Arc, share: number): Point {
  const [a, b, c] = [(1 - share) ** 2, 2 * share * (1 - share), share ** 2];
  return {
    x: a * from.x + b * control.x + c * to.x,
    y: a * from.y + b * control.y + c * to.y,
  };
}

/** Numbers beside the arcs that have room for them, on a map of one width and those above it. */
function labels(
  arcs: readonly Arc[],
  numbered: number,
  widthPx: number,
  shown: "narrow" | "wide",
): Html[] {
  const scale = widthPx / MAP.width;
  const onScreen = ({ x, y }: Point) => ({ x: x * scale, y: y * scale });
  const points = arcs.slice(0, numbered).map((arc) => onScreen(along(arc, 0.5)));
  const obstacles = arcs.flatMap((arc) => SAMPLES.map((share) => onScreen(along(arc, share))));
  const bounds = { width: widthPx, height: MAP.height * scale };
  return placeLabels(points, obstacles, LABEL_PX, bounds).flatMap(({ index, dx, dy }) => {
    const arc = arcs[index];
    if (arc === undefined) return [];
    const { x, y } = along(arc, 0.5);
    const style = `left: calc(${share(x, MAP.width)} + ${dx}px); top: calc(${share(y, MAP.height)} + ${dy}px)`;
    const { rank, route } = arc;
    return [
      html`<span class="rank ${sideOf(route)} ${shown}" style="${style}" aria-hidden="true">${rank}</span>`,
    ];
  });
}

const sideOf = ({ offPercent }: Route): string => (offPercent < 0 ? "short" : "long");

const share = (part: number, whole: number): string => `${((100 * part) / whole).toFixed(2)}%`;
