import { type PrimitiveName, toArrowType, type ValueType } from "@uni/plugin";
import { Data, type DataType } from "apache-arrow";
import { bindings, type Vector } from "../client/bindings.ts";
import { LAYOUTS, MS_PER_DAY } from "./layout.ts";
import { readBytes } from "./read-bytes.ts";
import { clearNulls, elementValidity, readValidity, type Validity } from "./validity.ts";

/**
 * A flat vector of `rows` values as an Arrow column of its wire type: a copy, with nothing under its
 * nulls.
 *
 * @param valid the vector's own validity unless said.
 */
export function readColumn(
  vector: Vector,
  rows: number,
  type: ValueType,
  valid: Validity = readValidity(vector, rows),
): Data {
  const arrowType = toArrowType(type);
  switch (type.kind) {
    case "primitive":
      return readValues(vector, rows, type.arrow, arrowType, valid);
    case "cypher_value":
      return readValues(vector, rows, "largebinary", arrowType, valid);
    case "vector": {
      const child = bindings.array_vector_get_child(vector);
      const elements = rows * type.len;
      const theirs = elementValidity(valid, readValidity(child, elements), rows, type.len);
      const element: ValueType = { kind: "primitive", arrow: type.element };
      return columnOf(arrowType, rows, valid, {}, [readColumn(child, elements, element, theirs)]);
    }
  }
}

function readValues(
  vector: Vector,
  rows: number,
  name: PrimitiveName,
  type: DataType,
  valid: Validity,
): Data {
  const layout = LAYOUTS[name];
  switch (layout.kind) {
    case "fixed": {
      const width = layout.array.BYTES_PER_ELEMENT;
      const bytes = readFixed(vector, rows, width, valid);
      const values = new layout.array(bytes.buffer as ArrayBuffer, bytes.byteOffset, rows);
      return columnOf(type, rows, valid, { values });
    }
    case "boolean": {
      const values = packBits(readFixed(vector, rows, 1, valid));
      return columnOf(type, rows, valid, { values });
    }
    case "date": {
      const bytes = readFixed(vector, rows, 4, valid);
      const days = new Int32Array(bytes.buffer, bytes.byteOffset, rows);
      const values = BigInt64Array.from(days, (day) => BigInt(day * MS_PER_DAY));
      return columnOf(type, rows, valid, { values });
    }
    case "bytes": {
      const { offsets, bytes } = readBytes(vector, rows, valid);
      const wide = layout.wide ? BigInt64Array.from(offsets, BigInt) : offsets;
      return columnOf(type, rows, valid, { offsets: wide, values: bytes });
    }
  }
}

function readFixed(vector: Vector, rows: number, width: number, valid: Validity): Uint8Array {
  // The bindings copy.
  const bytes = bindings.vector_get_data(vector, rows * width);
  clearNulls(bytes, width, valid, rows);
  return bytes;
}

function packBits(bytes: Uint8Array): Uint8Array {
  const bits = new Uint8Array((bytes.length + 7) >> 3);
  for (let i = 0; i < bytes.length; i++) {
    if (bytes[i] !== 0) bits[i >> 3] = (bits[i >> 3] ?? 0) | (1 << (i & 7));
  }
  return bits;
}

/** An Arrow column from its first row on. */
function columnOf(
  type: DataType,
  rows: number,
  validity: Validity,
  { offsets, values }: { readonly offsets?: unknown; readonly values?: unknown },
  children: Data[] = [],
): Data {
  const buffers = [offsets, values, validity ?? new Uint8Array(0), undefined];
  // A bitmap is counted once it is asked for.
  const nullCount = validity === undefined ? 0 : -1;
  // By their position; every layout leaves some of them out, which the type does not say.
  return new Data(type, 0, rows, nullCount, buffers as unknown as Data["buffers"], children);
}
