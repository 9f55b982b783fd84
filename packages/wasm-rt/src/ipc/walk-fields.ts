import { DataType, type Field, type Schema } from "apache-arrow";

/** A field of a schema at any depth, with the way to it. */
export interface FieldVisit {
  readonly field: Field;
  /** Names from the top of the schema down to this field, joined by dots. */
  readonly path: string;
  /** 1 for a column of the batch. */
  readonly depth: number;
}

/**
 * Every field of a schema: columns, children of any type, and the fields inside of dictionary
 * values. A stack of its own instead of recursion, because depth is the input's choice.
 */
export function* walkFields(schema: Schema): Generator<FieldVisit> {
  const pending: FieldVisit[] = [];
  const push = (fields: readonly Field[], parent: string, depth: number) => {
    for (const field of [...fields].reverse()) {
      // A name that is missing in the bytes is null here, whatever its type says.
      const name = field.name ?? "";
      pending.push({ field, path: depth === 1 ? name : `${parent}.${name}`, depth });
    }
  };
  push(schema.fields, "", 1);
  for (let visit = pending.pop(); visit; visit = pending.pop()) {
    yield visit;
    push(childFields(visit.field.type), visit.path, visit.depth + 1);
  }
}

function childFields(type: DataType): readonly Field[] {
  let values = type;
  while (DataType.isDictionary(values)) values = values.dictionary;
  return values.children ?? [];
}
