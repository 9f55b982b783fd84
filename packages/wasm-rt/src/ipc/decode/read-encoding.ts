import { type DataType, Dictionary } from "apache-arrow";
import type { FlatTable } from "../flatbuffer/flat-table.ts";
import { DICTIONARY_ENCODING } from "../flatbuffer/slots.ts";
import { sameType } from "../schema-equality.ts";
import { readInt } from "./read-parameters.ts";
import type { SchemaField } from "./schema-field.ts";

/**
 * The type of a dictionary-encoded field. All fields that share a dictionary share the type of its
 * values, one object, as apache-arrow wants it.
 *
 * @param known the types of the dictionaries, by their ids; the field's own is added.
 */
export function readEncoding(
  field: SchemaField,
  encoding: FlatTable,
  values: DataType,
  known: Map<number, DataType>,
): Dictionary {
  const id = encoding.count(DICTIONARY_ENCODING.id);
  let shared = known.get(id);
  if (shared === undefined) {
    shared = values;
    known.set(id, values);
    field.defines = { id, values };
  } else if (!sameType(shared, values)) {
    throw field.malformed(
      "dictionary-reuse",
      `expected dictionary ${id} to have the same values everywhere, got ${shared} and ${values}`,
    );
  }
  const ordered = encoding.boolean(DICTIONARY_ENCODING.isOrdered);
  return new Dictionary(shared, readIndexType(field, encoding), id, ordered);
}

function readIndexType(field: SchemaField, encoding: FlatTable): Dictionary["indices"] {
  const kind = encoding.int16(DICTIONARY_ENCODING.kind, 0);
  if (kind !== 0) {
    throw field.malformed(
      "type-parameters",
      `expected a dense array as dictionary, got kind ${kind}`,
    );
  }
  const table = encoding.table(DICTIONARY_ENCODING.indexType);
  if (table === undefined) {
    // Schema.fbs takes it for int32 then; arrow-rs traps. All writers give it.
    throw field.unsupported(
      "dictionary-index-type",
      "has a dictionary without the type of its indices; write it, int32 too",
    );
  }
  const indices = readInt(field, table);
  if (indices.bitWidth === 64) {
    throw field.unsupported(
      "dictionary-index-type",
      "has dictionary indices of 64 bits, which apache-arrow does not read; use 32 bits or fewer",
    );
  }
  // Any integer type can be that of indices, which the types of apache-arrow list one by one.
  return indices as Dictionary["indices"];
}
