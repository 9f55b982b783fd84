import type { PrimitiveName, ValueType } from "@uni/plugin";
import type { Data } from "apache-arrow";
import { bindings, type Vector } from "../client/bindings.ts";
import { LAYOUTS, MS_PER_DAY } from "./layout.ts";
import { elementValidity, isValid, type Validity, validityOf, writeValidity } from "./validity.ts";
import { writeBytes } from "./write-bytes.ts";

/** Writes an Arrow column of a wire type into a vector of the SQL type, from its first value on. */
export function writeColumn(vector: Vector, column: Data, type: ValueType): void {
  writeAs(vector, column, type, validityOf(column));
}

function writeAs(vector: Vector, column: Data, type: ValueType, valid: Validity): void {
  writeValidity(vector, valid, column.length);
  if (type.kind !== "vector") {
    writeValues(vector, column, type.kind === "primitive" ? type.arrow : "largebinary", valid);
    return;
  }
  const [elements] = column.children;
  if (elements === undefined) throw new TypeError("a FixedSizeList column without its elements");
  // DuckDB wants the elements of a null array null, too.
  const theirs = elementValidity(valid, validityOf(elements), column.length, type.len);
  const child = bindings.array_vector_get_child(vector);
  writeAs(child, elements, { kind: "primitive", arrow: type.element }, theirs);
}

function writeValues(vector: Vector, column: Data, name: PrimitiveName, valid: Validity): void {
  const layout = LAYOUTS[name];
  const { length: rows } = column;
  switch (layout.kind) {
    case "fixed":
      writeFixed(vector, column.values.subarray(0, rows));
      return;
    case "boolean":
      writeFixed(vector, unpackBits(column));
      return;
    case "date":
      writeFixed(vector, daysOf(column, valid));
      return;
    case "bytes":
      writeBytes(vector, rows, column.valueOffsets, column.values, valid);
  }
}

function writeFixed(vector: Vector, values: ArrayBufferView<ArrayBuffer>): void {
  bindings.copy_data_to_vector(vector, 0, values.buffer, values.byteOffset, values.byteLength);
}

function unpackBits({ values, offset, length }: Data): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(length);
  for (let i = 0; i < length; i++) bytes[i] = (values[(offset + i) >> 3] >> ((offset + i) & 7)) & 1;
  return bytes;
}

/** @throws RangeError where a value is not a whole day: a DATE cannot express it, nor can Arrow's Date64. */
function daysOf({ values, length }: Data, valid: Validity): Int32Array<ArrayBuffer> {
  const days = new Int32Array(length);
  for (let row = 0; row < length; row++) {
    if (!isValid(valid, row)) continue;
    const ms = Number(values[row]);
    const day = ms / MS_PER_DAY;
    if (day !== (day | 0)) {
      throw new RangeError(
        `row ${row} has the date ${values[row]} ms, expected whole days of ${MS_PER_DAY} ms that fit a DATE`,
      );
    }
    days[row] = day;
  }
  return days;
}
