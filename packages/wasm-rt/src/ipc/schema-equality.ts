import type { DataType, Field } from "apache-arrow";

// What parametrises a type besides its id and its children. apache-arrow's own comparison takes
// decimals of any precision and scale for the same type, and does not look at metadata.
const PARAMETERS = [
  "bitWidth",
  "isSigned",
  "precision",
  "scale",
  "unit",
  "timezone",
  "byteWidth",
  "listSize",
  "keysSorted",
  "mode",
  "isOrdered",
  "id",
] as const;

/** Whether two types are the same in every parameter, children and dictionaries included. */
export function sameType(a: DataType, b: DataType): boolean {
  return a === b || (sameParameters(a, b) && sameFields(a.children ?? [], b.children ?? []));
}

/** Whether two types are the same apart from their children; a dictionary's are its values'. */
export function sameParameters(a: DataType, b: DataType): boolean {
  if (a === b) return true;
  if (a.typeId !== b.typeId) return false;
  // The parameters differ from class to class; all of them are compared, present or not.
  const left = a as DataType & Readonly<Record<string, unknown>>;
  const right = b as DataType & Readonly<Record<string, unknown>>;
  return (
    PARAMETERS.every((name) => (left[name] ?? null) === (right[name] ?? null)) &&
    sameList(typeIdsOf(left), typeIdsOf(right), (x, y) => x === y) &&
    sameOptional(left.indices, right.indices) &&
    sameOptional(left.dictionary, right.dictionary)
  );
}

/** Whether two lists of fields agree in names, types, nullability and metadata. */
function sameFields(a: readonly Field[], b: readonly Field[]): boolean {
  return sameList(a, b, sameField);
}

function sameField(a: Field, b: Field): boolean {
  return (
    a === b ||
    (a.name === b.name &&
      a.nullable === b.nullable &&
      sameType(a.type, b.type) &&
      sameMetadata(a.metadata, b.metadata))
  );
}

function sameMetadata(a: ReadonlyMap<string, string>, b: ReadonlyMap<string, string>): boolean {
  return a.size === b.size && [...a].every(([key, value]) => b.get(key) === value);
}

function sameOptional(a: unknown, b: unknown): boolean {
  // Only a Dictionary has these two, and there they are types.
  return a === undefined || b === undefined
    ? a === b
    : sameParameters(a as DataType, b as DataType);
}

function typeIdsOf(type: Readonly<Record<string, unknown>>): ArrayLike<unknown> {
  // Only a Union has them.
  return (type.typeIds ?? []) as ArrayLike<unknown>;
}

function sameList<T>(a: ArrayLike<T>, b: ArrayLike<T>, same: (x: T, y: T) => boolean): boolean {
  // Equal lengths make every index of `a` an index of `b`.
  return a.length === b.length && Array.from(a).every((x, i) => same(x, b[i] as T));
}
