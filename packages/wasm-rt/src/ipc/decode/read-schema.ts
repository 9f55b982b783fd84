import { type DataType, Field, Schema } from "apache-arrow";
import { FIELD, SCHEMA } from "../flatbuffer/slots.ts";
import type { IpcLimits } from "../limits.ts";
import type { Columns } from "./column.ts";
import { planColumns } from "./plan-columns.ts";
import { readEncoding } from "./read-encoding.ts";
import { readFields } from "./read-fields.ts";
import { metadataOf, readKeyValues } from "./read-key-values.ts";
import type { StreamMessage } from "./read-messages.ts";
import { readType } from "./read-type.ts";
import { requireRowNames } from "./row-names.ts";
import type { SchemaField } from "./schema-field.ts";

/** What a schema says of the batches that follow it. */
export interface SchemaPlan {
  readonly schema: Schema;
  readonly columns: Columns;
  /** Of each dictionary, by its id: the one column that its values are. */
  readonly dictionaries: ReadonlyMap<number, Columns>;
}

/**
 * Reads the schema of a stream.
 *
 * @throws IpcError where it breaks a rule or a limit, or has a column that is tagged as a secret.
 */
export function readSchema(message: StreamMessage, limits: IpcLimits): SchemaPlan {
  const { header, position, version } = message;
  const endianness = header.int16(SCHEMA.endianness, 0);
  if (endianness !== 0) {
    throw position.unsupported(
      "endianness",
      endianness === 1
        ? "its schema is big-endian; write the stream little-endian"
        : `expected a little-endian schema, got endianness ${endianness}`,
    );
  }
  if (message.bodyBytes !== 0) {
    throw position.malformed(
      "schema-body",
      `expected no body, got one of ${message.bodyBytes} bytes`,
    );
  }
  const fields = readFields(header, limits, position);
  const metadata = metadataOf(readKeyValues(header, SCHEMA.customMetadata));
  // Features are hints that ask nothing of a reader; arrow-rs refuses a schema where they are cut off.
  header.vector(SCHEMA.features, 8);
  const dictionaryTypes = makeFields(fields);
  const top: Field[] = [];
  for (const field of fields) if (field.parent === undefined) top.push(madeOf(field));
  requireRowNames(top, (what) => position.unsupported("field-name", `the schema ${what}`));
  const schema = new Schema(top, metadata, dictionaryTypes, version);
  return { schema, ...planColumns(fields) };
}

const NO_FIELDS: readonly Field[] = [];

/** Makes the fields of apache-arrow, and gives the types of the dictionaries. */
function makeFields(fields: readonly SchemaField[]): Map<number, DataType> {
  const dictionaries = new Map<number, DataType>();
  // Children come after their parents, and a type needs its children's.
  for (let i = fields.length - 1; i >= 0; i--) {
    const field = fields[i] as SchemaField;
    const values = readType(
      field,
      field.children.length === 0 ? NO_FIELDS : field.children.map(madeOf),
    );
    const encoding = field.table.table(FIELD.dictionary);
    const type =
      encoding === undefined ? values : readEncoding(field, encoding, values, dictionaries);
    field.made = new Field(field.name, type, field.nullable, metadataOf(field.metadata));
  }
  return dictionaries;
}

function madeOf(field: SchemaField): Field {
  if (field.made !== undefined) return field.made;
  throw new Error(`field ${field.path} was asked for before its children were made`);
}
