import { type Field, Union, UnionMode } from "apache-arrow";
import type { FlatTable } from "../flatbuffer/flat-table.ts";
import { UNION } from "../flatbuffer/slots.ts";
import { oneOf } from "./read-parameters.ts";
import type { SchemaField } from "./schema-field.ts";

// Type ids are kept as i8.
const MAX_TYPE_ID = 127;

/** A union, whose ids are 0, 1, … where the bytes do not say others. */
export function readUnion(field: SchemaField, table: FlatTable, children: readonly Field[]): Union {
  const mode = oneOf<UnionMode>(
    field,
    "mode",
    table.int16(UNION.mode, UnionMode.Sparse),
    UnionMode,
  );
  const given = table.vector(UNION.typeIds, 4);
  const count = given?.length ?? children.length;
  const refuse = (what: string) =>
    field.malformed(
      "union-type-ids",
      `expected ${children.length} distinct type ids from 0 to ${MAX_TYPE_ID}, got ${what}`,
    );
  if (count !== children.length || count > MAX_TYPE_ID + 1) throw refuse(`${count}`);
  const ids = children.map((_, i) => (given === undefined ? i : table.int32At(given, i)));
  if (new Set(ids).size !== count || ids.some((id) => id < 0 || id > MAX_TYPE_ID)) {
    throw refuse(ids.join(", "));
  }
  return new Union(mode, ids, [...children]);
}
