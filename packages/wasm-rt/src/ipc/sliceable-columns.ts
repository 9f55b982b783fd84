import {
  RecordBatch as ArrowBatch,
  Data,
  DataType,
  type RecordBatch,
  type Struct,
  util,
  Vector,
} from "apache-arrow";

/**
 * Two kinds of column come out wrong when apache-arrow 21 writes a slice of them, and its writer
 * slices the children of every list: a Null column reports -1 nulls, and a view column applies its
 * offset twice. This gives the same batch with such columns replaced by ones that slice correctly.
 * The result is always a plain `RecordBatch`: the writer drops the placeholder that apache-arrow
 * keeps for an empty table.
 */
export function withSliceableColumns(batch: RecordBatch): RecordBatch {
  // A struct stays a struct: only what is below it is replaced.
  const data = sliceable(batch.data) as Data<Struct>;
  const plain = Object.getPrototypeOf(batch) === ArrowBatch.prototype;
  return plain && data === batch.data ? batch : new ArrowBatch(batch.schema, data, batch.metadata);
}

function sliceable(data: Data): Data {
  if (DataType.isNull(data.type)) return new NullColumn(data.type, data.offset, data.length);
  if (isView(data.type)) return ViewColumn.of(data);
  const children = data.children.map(sliceable);
  const dictionary = data.dictionary && sliceableVector(data.dictionary);
  const unchanged =
    children.every((child, i) => child === data.children[i]) && dictionary === data.dictionary;
  if (unchanged) return data;
  const { type, offset, length, nullCount, variadicBuffers } = data;
  return new Data(type, offset, length, nullCount, data, children, dictionary, variadicBuffers);
}

function sliceableVector(vector: Vector): Vector {
  const chunks = vector.data.map(sliceable);
  return chunks.every((chunk, i) => chunk === vector.data[i]) ? vector : new Vector(chunks);
}

class NullColumn extends Data {
  override get nullCount(): number {
    return this.length;
  }

  override slice(offset: number, length: number): Data {
    return new NullColumn(this.type, this.offset + offset, length);
  }
}

// Arrow columnar format, "Variable-size Binary View Layout": a view is 16 bytes.
const VIEW_BYTES = 16;

class ViewColumn extends Data {
  static of(data: Data): ViewColumn {
    // apache-arrow's slice cuts the views but keeps the offset, which then only the bitmap needs.
    const { length, offset, nullCount } = data;
    const whole: Uint8Array = data.values;
    const cut = whole.byteLength < (offset + length) * VIEW_BYTES;
    const start = cut ? 0 : offset * VIEW_BYTES;
    const views = whole.subarray(start, start + length * VIEW_BYTES);
    const bitmap =
      nullCount > 0 ? util.truncateBitmap(offset, length, data.nullBitmap) : new Uint8Array(0);
    const buffers = { 1: views, 2: bitmap };
    const { type, variadicBuffers } = data;
    return new ViewColumn(type, 0, length, nullCount, buffers, [], undefined, variadicBuffers);
  }

  override slice(offset: number, length: number): Data {
    return ViewColumn.of(super.slice(offset, length));
  }
}

function isView(type: DataType): boolean {
  return DataType.isUtf8View(type) || DataType.isBinaryView(type);
}
