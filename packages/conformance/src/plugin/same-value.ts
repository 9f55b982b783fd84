import { Vector } from "apache-arrow";

/**
 * Whether two answers are equal: numbers by their bits, except that one NaN is as good as another,
 * or within `tolerance` of the larger; bytes, lists and vectors item by item.
 */
export function sameValue(one: unknown, other: unknown, tolerance = 0): boolean {
  if (typeof one === "number" && typeof other === "number") {
    return Object.is(one, other) || isNear(one, other, tolerance);
  }
  if (one instanceof Uint8Array && other instanceof Uint8Array) {
    return Buffer.compare(one, other) === 0;
  }
  if (isList(one) && isList(other)) {
    const [left, right] = [[...one], [...other]];
    return (
      left.length === right.length && left.every((item, i) => sameValue(item, right[i], tolerance))
    );
  }
  return Object.is(one, other);
}

function isNear(one: number, other: number, tolerance: number): boolean {
  // Without a tolerance 0 and -0 differ, and an infinity is near to nothing.
  if (tolerance === 0 || !Number.isFinite(one) || !Number.isFinite(other)) return false;
  return Math.abs(one - other) <= tolerance * Math.max(Math.abs(one), Math.abs(other));
}

function isList(value: unknown): value is Iterable<unknown> {
  return Array.isArray(value) || value instanceof Vector;
}
