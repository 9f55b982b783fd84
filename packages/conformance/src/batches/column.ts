import { type PrimitiveName, toArrowType, type ValueType } from "@uni/plugin";
import { Data, type DataType, vectorFromArray } from "apache-arrow";
import type { Random } from "./random.ts";
import {
  BOOLEAN,
  BYTES,
  DATE64,
  FLOAT32,
  FLOAT64,
  INT32,
  INT64,
  TIMESTAMP_MS,
  UTF8,
  type ValueRange,
} from "./values.ts";

/** Which rows of a column are null; at `some`, about a third of them, the first among them. */
type Nulls = "none" | "some" | "all";

type MakeColumn = (type: DataType, rows: number, range: ValueRange, random: Random) => Data;

const COLUMNS: Readonly<Record<PrimitiveName, MakeColumn>> = {
  int32: (type, rows, range, random) =>
    fixed(
      type,
      rows,
      Int32Array.from({ length: rows }, () => INT32[range](random)),
    ),
  int64: (type, rows, range, random) =>
    fixed(
      type,
      rows,
      bigints(rows, () => INT64[range](random)),
    ),
  float32: (type, rows, range, random) =>
    fixed(
      type,
      rows,
      Float32Array.from({ length: rows }, () => FLOAT32[range](random)),
    ),
  float64: (type, rows, range, random) =>
    fixed(
      type,
      rows,
      Float64Array.from({ length: rows }, () => FLOAT64[range](random)),
    ),
  boolean: (type, rows, range, random) => built(type, rows, () => BOOLEAN[range](random)),
  utf8: (type, rows, range, random) => built(type, rows, () => UTF8[range](random)),
  binary: (type, rows, range, random) => built(type, rows, () => BYTES[range](random)),
  largebinary: (type, rows, range, random) => built(type, rows, () => BYTES[range](random)),
  date64: (type, rows, range, random) =>
    fixed(
      type,
      rows,
      bigints(rows, () => DATE64[range](random)),
    ),
  timestamp_ms: (type, rows, range, random) =>
    fixed(
      type,
      rows,
      bigints(rows, () => TIMESTAMP_MS[range](random)),
    ),
};

/** What a column is to be like. */
export interface ColumnPlan {
  readonly rows: number;
  readonly range: ValueRange;
  readonly nulls: Nulls;
  /** Whether some items of a vector are null, which a null of the vector does not say. */
  readonly nullItems: boolean;
}

/** A column of generated values. Nulls have values below them, as those of a filtered column do. */
export function columnOf(
  type: ValueType,
  { rows, range, nulls, nullItems }: ColumnPlan,
  random: Random,
): Data {
  const arrow = toArrowType(type);
  if (type.kind === "primitive") {
    return withNulls(COLUMNS[type.arrow](arrow, rows, range, random), nulls, random);
  }
  if (type.kind === "cypher_value") {
    return withNulls(COLUMNS.largebinary(arrow, rows, range, random), nulls, random);
  }
  const items = columnOf(
    { kind: "primitive", arrow: type.element },
    { rows: rows * type.len, range, nulls: nullItems ? "some" : "none", nullItems },
    random,
  );
  return withNulls(new Data(arrow, 0, rows, 0, undefined, [items]), nulls, random);
}

function fixed(type: DataType, rows: number, values: ArrayBufferView): Data {
  return new Data(type, 0, rows, 0, [undefined, values]);
}

function built(type: DataType, rows: number, make: () => unknown): Data {
  const [data] = vectorFromArray(Array.from({ length: rows }, make), type).data;
  if (data === undefined) throw new Error(`apache-arrow made no column of ${type}`);
  return data;
}

function bigints(rows: number, make: () => bigint): BigInt64Array {
  const values = new BigInt64Array(rows);
  for (let row = 0; row < rows; row++) values[row] = make();
  return values;
}

function withNulls(column: Data, nulls: Nulls, random: Random): Data {
  const { type, length } = column;
  if (nulls === "none" || length === 0) return column;
  const valid = new Uint8Array(Math.ceil(length / 8));
  let nullCount = length;
  for (let row = 1; nulls === "some" && row < length; row++) {
    if (random.below(3) === 0) continue;
    valid[row >> 3] = (valid[row >> 3] ?? 0) | (1 << (row & 7));
    nullCount -= 1;
  }
  const { valueOffsets, values, typeIds } = column;
  return column.clone(type, 0, length, nullCount, [valueOffsets, values, valid, typeIds]);
}
