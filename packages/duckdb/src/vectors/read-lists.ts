import type { ValueType } from "@uni/plugin";
import type { Data } from "apache-arrow";
import { bindings, type Vector } from "../client/bindings.ts";
import { readColumn } from "./read-column.ts";
import { isValid, rangesValidity, readValidity } from "./validity.ts";

/** The lists of a vector. A null list has no values: `list(x)` over no rows is null. */
export interface ListColumn {
  length(row: number): number;
  values(row: number): Data;
}

// A `duckdb_list_entry` is an offset into the child and a length, 64 bits each.
const ENTRY_WORDS = 2;

/** Reads a vector of `rows` lists of values of `type`. */
export function readLists(vector: Vector, rows: number, type: ValueType): ListColumn {
  const valid = readValidity(vector, rows);
  const bytes = bindings.vector_get_data(vector, rows * ENTRY_WORDS * 8);
  const entries = new BigUint64Array(bytes.buffer, bytes.byteOffset, rows * ENTRY_WORDS);
  const ranges = Array.from({ length: rows }, (_, row): [start: number, length: number] =>
    isValid(valid, row)
      ? [Number(entries[row * ENTRY_WORDS]), Number(entries[row * ENTRY_WORDS + 1])]
      : [0, 0],
  );
  const child = bindings.list_vector_get_child(vector);
  const elements = bindings.list_vector_get_size(vector);
  // What no list has may be anything, pointers to strings included.
  const elementBits = rangesValidity(ranges, readValidity(child, elements), elements);
  const values = readColumn(child, elements, type, elementBits);
  const rangeOf = (row: number) => ranges[row] ?? [0, 0];
  return {
    length: (row) => rangeOf(row)[1],
    values: (row) => values.slice(...rangeOf(row)),
  };
}
