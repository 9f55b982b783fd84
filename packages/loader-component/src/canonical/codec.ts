import type { FlatReader, FlatType, FlatValue } from "./flat.ts";
import type { GuestMemory } from "./guest-memory.ts";

/**
 * How the values of one type cross: through memory (`load`, `store`) and through the parameters and
 * results of core functions (`lift`, `lower`). It holds nothing of a guest.
 *
 * Component Model, CanonicalABI.md. The values are those of `HostInterfaceFunction`.
 */
export interface Codec {
  /** In bytes. */
  readonly size: number;
  /** In bytes: 1, 2, 4 or 8. */
  readonly alignment: number;
  /** The core values of one value; undefined where they are more than any function passes. */
  readonly flat: readonly FlatType[] | undefined;
  /** How deep types are nested in this one. */
  readonly depth: number;
  load(memory: GuestMemory, at: number): unknown;
  store(memory: GuestMemory, at: number, value: unknown): void;
  lift(memory: GuestMemory, flat: FlatReader): unknown;
  lower(memory: GuestMemory, value: unknown, flat: FlatValue[]): void;
}

/** CanonicalABI.md, `MAX_FLAT_PARAMS`; no type that is passed flat has more. */
export const MAX_FLAT = 16;

/** The core values of several values in a row, where a function could pass them. */
export function flatTypes(codecs: readonly Codec[]): readonly FlatType[] | undefined {
  const flat: FlatType[] = [];
  for (const codec of codecs) {
    if (codec.flat === undefined || flat.length + codec.flat.length > MAX_FLAT) return undefined;
    flat.push(...codec.flat);
  }
  return flat;
}

/** The next multiple of a type's alignment. */
export function aligned(offset: number, alignment: number): number {
  return Math.ceil(offset / alignment) * alignment;
}
