import type { Point } from "./projection.ts";

/** Where a label goes, in CSS pixels from the upper left corner of a map of a given width. */
export interface PlacedLabel {
  readonly index: number;
  /** From the point that it belongs to, to the middle of the label. */
  readonly dx: number;
  readonly dy: number;
}

interface Box {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

export interface LabelSize {
  readonly width: number;
  readonly height: number;
}

const CLEARANCE_PX = 4;
const OBSTACLE: LabelSize = { width: 4, height: 4 };

/** Sixteen directions, right first, near and then further away. */
const DIRECTIONS: readonly Point[] = [1, 1.5, 2.1].flatMap((far) =>
  [0, 1, 15, 2, 14, 8, 7, 9, 4, 12, 3, 13, 5, 11, 6, 10].map((step) => ({
    x: far * Math.cos((step * Math.PI) / 8),
    y: -far * Math.sin((step * Math.PI) / 8),
  })),
);

/**
 * Puts labels next to points so that none covers another one, first come first served. Who finds no
 * room has no label.
 *
 * @param points in CSS pixels.
 * @param obstacles points that labels keep clear of where they can.
 */
export function placeLabels(
  points: readonly Point[],
  obstacles: readonly Point[],
  size: LabelSize,
  bounds: LabelSize,
): PlacedLabel[] {
  const placed: PlacedLabel[] = [];
  const taken: Box[] = [];
  for (const [index, point] of points.entries()) {
    const candidates = DIRECTIONS.map(({ x, y }) => {
      const dx = Math.round(x * (size.width / 2 + CLEARANCE_PX));
      const dy = Math.round(y * (size.height / 2 + CLEARANCE_PX));
      return { index, dx, dy, box: boxAround({ x: point.x + dx, y: point.y + dy }, size) };
    }).filter(({ box }) => isWithin(box, bounds) && !taken.some((other) => overlap(box, other)));
    const hidden = ({ box }: { readonly box: Box }) =>
      obstacles.filter((obstacle) => overlap(box, boxAround(obstacle, OBSTACLE))).length;
    const [best] = candidates.toSorted((a, b) => hidden(a) - hidden(b));
    if (best === undefined) continue;
    taken.push(best.box);
    placed.push({ index, dx: best.dx, dy: best.dy });
  }
  return placed;
}

function boxAround({ x, y }: Point, { width, height }: LabelSize): Box {
  return {
    left: x - width / 2,
    right: x + width / 2,
    top: y - height / 2,
    bottom: y + height / 2,
  };
}

const isWithin = (box: Box, { width, height }: LabelSize): boolean =>
  box.left >= 0 && box.top >= 0 && box.right <= width && box.bottom <= height;

const overlap = (a: Box, b: Box): boolean =>
  a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
