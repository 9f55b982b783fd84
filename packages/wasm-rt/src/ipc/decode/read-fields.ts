import type { FlatTable } from "../flatbuffer/flat-table.ts";
import { FIELD, SCHEMA } from "../flatbuffer/slots.ts";
import { type IpcLimits, withinLimit } from "../limits.ts";
import { secretLeak, tagsSecret } from "../membrane.ts";
import type { MessagePosition } from "../message-position.ts";
import { SchemaField } from "./schema-field.ts";

/**
 * Every field of a schema, parents before children, as the bytes have them: those of dictionaries
 * included, a known one or not. A stack of its own instead of recursion, because depth is the input's
 * choice.
 *
 * @throws IpcError `IPC_SECRET_LEAK` at a field that is tagged as a secret.
 */
export function readFields(
  schema: FlatTable,
  limits: IpcLimits,
  position: MessagePosition,
): SchemaField[] {
  schema.requiredVector(SCHEMA.fields, 4, 4, "fields of the schema");
  const all: SchemaField[] = [];
  const pending: SchemaField[] = [];
  const below = (parent: SchemaField | undefined, tables: readonly FlatTable[]) => {
    withinLimit(limits, "maxFields", all.length + pending.length + tables.length, parent?.path);
    const fields = tables.map((table) => new SchemaField(table, parent, position));
    // Last in, first out: the last one goes in first.
    for (let i = fields.length - 1; i >= 0; i--) pending.push(fields[i] as SchemaField);
    return fields;
  };
  const columns = schema.tables(SCHEMA.fields);
  withinLimit(limits, "maxColumns", columns.length);
  below(undefined, columns);
  for (let field = pending.pop(); field; field = pending.pop()) {
    all.push(field);
    if (tagsSecret(field.metadata)) throw secretLeak(field.path, "from the guest");
    const tables = field.table.tables(FIELD.children);
    if (tables.length === 0) continue;
    withinLimit(limits, "maxDepth", field.depth + 1, field.path);
    field.children = below(field, tables);
  }
  return all;
}
