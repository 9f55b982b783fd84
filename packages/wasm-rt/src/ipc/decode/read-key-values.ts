import type { FlatTable } from "../flatbuffer/flat-table.ts";
import { KEY_VALUE } from "../flatbuffer/slots.ts";

/** Metadata as it is in the bytes: in order, and a key may come twice. */
export type KeyValues = readonly (readonly [key: string, value: string])[];

const NONE: KeyValues = [];

/** The metadata in a slot of a table. Pairs without a key or a value say nothing and are left out. */
export function readKeyValues(table: FlatTable, slot: number): KeyValues {
  const tables = table.tables(slot);
  if (tables.length === 0) return NONE;
  const pairs: [string, string][] = [];
  for (const pair of tables) {
    const key = pair.text(KEY_VALUE.key);
    const value = pair.text(KEY_VALUE.value);
    if (key !== undefined && value !== undefined) pairs.push([key, value]);
  }
  return pairs;
}

/** Metadata as apache-arrow has it: of a key that comes twice, the last value. */
export function metadataOf(pairs: KeyValues): Map<string, string> {
  return pairs.length === 0 ? new Map() : new Map(pairs);
}
