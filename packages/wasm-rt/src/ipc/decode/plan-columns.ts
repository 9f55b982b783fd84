import { type DataType, Dictionary } from "apache-arrow";
import { layoutOf } from "../layout.ts";
import type { Column, Columns } from "./column.ts";
import type { SchemaField } from "./schema-field.ts";

/**
 * Sorts the fields of a schema by the batches that their columns are in: the children of a
 * dictionary-encoded field are in the batches of its dictionary.
 *
 * @param fields parents before children, each with the field that was made of it.
 */
export function planColumns(fields: readonly SchemaField[]): {
  readonly columns: Columns;
  readonly dictionaries: Map<number, Columns>;
} {
  const columns = { all: [] as Column[], top: [] as Column[] };
  const dictionaries = new Map<number, Columns>();
  for (const field of fields) {
    const parent = field.parent?.below;
    // Below a field whose dictionary another field defines.
    if (field.parent !== undefined && parent === undefined) continue;
    const type = typeOf(field);
    const all = parent?.all ?? columns.all;
    const siblings = parent?.column.children ?? columns.top;
    const column = addColumn(field, type, field.nullable, all, siblings);
    if (!(type instanceof Dictionary)) {
      field.below = { column, all };
      continue;
    }
    if (field.defines === undefined) continue;
    const values = { all: [] as Column[], top: [] as Column[] };
    const top = addColumn(field, field.defines.values, true, values.all, values.top);
    field.below = { column: top, all: values.all };
    dictionaries.set(field.defines.id, values);
  }
  return { columns, dictionaries };
}

function addColumn(
  field: SchemaField,
  type: DataType,
  nullable: boolean,
  all: Column[],
  siblings: Column[],
): Column {
  const layout = layoutOf(type);
  if (layout === undefined) throw new Error(`no layout for ${type} of ${field.path}`);
  const column = { index: all.length, field, type, layout, nullable, children: [] };
  all.push(column);
  siblings.push(column);
  return column;
}

function typeOf(field: SchemaField): DataType {
  if (field.made !== undefined) return field.made.type;
  throw new Error(`field ${field.path} was planned before it was made`);
}
