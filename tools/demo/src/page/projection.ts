import type { Place } from "../report/report.ts";

/** A point on the map, in its own units from the upper left corner. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

export const MAP: { readonly width: number; readonly height: number } = { width: 960, height: 600 };

/** A part of the country that has a frame of its own. */
export interface Inset {
  readonly name: string;
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

interface Region {
  readonly holds: (place: Place) => boolean;
  readonly project: (place: Place) => Point;
  readonly frame?: Inset;
}

const radians = (degrees: number) => (degrees * Math.PI) / 180;

/**
 * Albers' equal-area conic projection, on the sphere (Snyder, Map Projections: A Working Manual,
 * equations 14-1 to 14-6).
 *
 * @param center the place that comes to lie at `at`.
 * @param scale map units for the radius of the Earth.
 */
export function albers(
  parallels: readonly [south: number, north: number],
  center: Place,
  at: Point,
  scale: number,
): (place: Place) => Point {
  const [south, north] = [radians(parallels[0]), radians(parallels[1])];
  const n = (Math.sin(south) + Math.sin(north)) / 2;
  const c = Math.cos(south) ** 2 + 2 * n * Math.sin(south);
  const rho = (latitude: number) => Math.sqrt(c - 2 * n * Math.sin(radians(latitude))) / n;
  const rhoCenter = rho(center.latitude);
  return ({ latitude, longitude }) => {
    // The Aleutians cross the 180th meridian.
    const east = ((((longitude - center.longitude + 180) % 360) + 360) % 360) - 180;
    const theta = n * radians(east);
    return {
      x: at.x + scale * rho(latitude) * Math.sin(theta),
      y: at.y + scale * (rho(latitude) * Math.cos(theta) - rhoCenter),
    };
  };
}

const ALASKA: Inset = { name: "Alaska", left: 4, top: 436, width: 226, height: 160 };
const HAWAII: Inset = { name: "Hawaii", left: 236, top: 496, width: 140, height: 100 };
const CARIBBEAN: Inset = {
  name: "Puerto Rico, USVI",
  left: 796,
  top: 524,
  width: 160,
  height: 72,
};

const REGIONS: readonly Region[] = [
  {
    holds: ({ latitude, longitude }) => latitude > 50 && (longitude < -129 || longitude > 170),
    project: albers([55, 65], { latitude: 62, longitude: -154 }, { x: 118, y: 522 }, 330),
    frame: ALASKA,
  },
  {
    holds: ({ latitude, longitude }) =>
      latitude > 18 && latitude < 23 && longitude < -154 && longitude > -161,
    project: albers([8, 18], { latitude: 20.6, longitude: -157.4 }, { x: 306, y: 548 }, 1050),
    frame: HAWAII,
  },
  {
    holds: ({ latitude, longitude }) =>
      latitude > 17 && latitude < 19 && longitude > -68 && longitude < -64,
    project: albers([17, 19], { latitude: 18.15, longitude: -65.9 }, { x: 876, y: 566 }, 2300),
    frame: CARIBBEAN,
  },
  {
    holds: ({ latitude, longitude }) =>
      latitude > 24 && latitude < 50 && longitude > -126 && longitude < -66,
    project: albers([29.5, 45.5], { latitude: 37.6, longitude: -95.6 }, { x: 480, y: 300 }, 1230),
  },
];

export const INSETS: readonly Inset[] = [ALASKA, HAWAII, CARIBBEAN];

/** Where a place of the United States is on the map; undefined where the map does not have it. */
export function mapPoint(place: Place): Point | undefined {
  return REGIONS.find(({ holds }) => holds(place))?.project(place);
}
