import { util } from "apache-arrow";

/** Which values of a column are not null: all of them where there is no bitmap. */
export type Validity = Uint8Array | undefined;

export function isValid(validity: Validity, index: number): boolean {
  return validity === undefined || (((validity[index >> 3] ?? 0) >> (index & 7)) & 1) === 1;
}

export function countNulls(validity: Uint8Array, length: number): number {
  return length - util.popcnt_bit_range(validity, 0, length);
}

/**
 * Whether one of the first `length` values is null without its parent being so; `perParent` values
 * share a parent.
 */
export function hasUncoveredNull(
  validity: Validity,
  length: number,
  parent: Validity,
  perParent: number,
): boolean {
  for (let i = 0; i < length; i++) {
    if (!isValid(validity, i) && isValid(parent, Math.floor(i / perParent))) return true;
  }
  return false;
}
