import {
  type Data,
  Field,
  Float64,
  makeData,
  RecordBatch,
  Schema,
  Struct,
  Utf8,
} from "apache-arrow";

/** `values` of four columns of degrees, for `haversine`; row i of column k is `degree(k, i)`. */
export function degrees(
  rows: number,
  degree: (column: number, row: number) => number,
): RecordBatch {
  return batchOf(
    [0, 1, 2, 3].map((column) => {
      const data = new Float64Array(rows);
      for (let row = 0; row < rows; row++) data[row] = degree(column, row);
      return makeData({ type: new Float64(), length: rows, nullCount: 0, data });
    }),
  );
}

/** A column of texts of as many letters, each beginning with an `a` and going on in `b`s. */
export function texts(rows: number, bytesPerRow: number): RecordBatch {
  const data = new Uint8Array(rows * bytesPerRow).fill("b".charCodeAt(0));
  const valueOffsets = new Int32Array(rows + 1);
  for (let row = 0; row < rows; row++) {
    data[row * bytesPerRow] = "a".charCodeAt(0);
    valueOffsets[row + 1] = (row + 1) * bytesPerRow;
  }
  return batchOf([makeData({ type: new Utf8(), length: rows, nullCount: 0, valueOffsets, data })]);
}

function batchOf(children: Data[]): RecordBatch {
  const fields = children.map(({ type }, at) => new Field(`c${at}`, type, true));
  const length = children[0]?.length ?? 0;
  const type = new Struct(fields);
  return new RecordBatch(new Schema(fields), makeData({ type, length, nullCount: 0, children }));
}
