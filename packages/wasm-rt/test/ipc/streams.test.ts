import { createRequire } from "node:module";
import {
  type Data,
  Decimal,
  Dictionary,
  Field,
  Float64,
  Int32,
  makeData,
  RecordBatch,
  RecordBatchReader,
  Schema,
  Struct,
  Table,
  TimestampMillisecond,
  tableFromArrays,
  tableToIPC,
  Utf8,
  Vector,
  vectorFromArray,
} from "apache-arrow";
import { describe, expect, it } from "vitest";
import { decodeBatch, decodeBatches, encodeBatch, encodeBatches } from "../../src/index.ts";
import { throughArrowRs } from "./arrow-rs.ts";
import { batchOf, batchWith, valuesOf } from "./batches.ts";

function column(values: readonly unknown[], type: ConstructorParameters<typeof Field>[1]): Data {
  const [data] = vectorFromArray([...values], type).data;
  if (data === undefined) throw new Error("no data");
  return data;
}

const doubles = (...values: number[]) => batchOf({ x: column(values, new Float64()) });

describe("encodeBatches", () => {
  it("writes every batch, in order, and arrow-rs reads the same", () => {
    const batches = [doubles(1, 2), doubles(), doubles(3)];
    const bytes = encodeBatches(batches);
    expect(decodeBatches(bytes).map(valuesOf)).toEqual([[[1, 2]], [[]], [[3]]]);
    const rs = decodeBatches(throughArrowRs(bytes)).flatMap((batch) => valuesOf(batch)[0]);
    expect(rs).toEqual([1, 2, 3]);
  });

  it("refuses no batches", () => {
    expect(() => encodeBatches([])).toThrow(
      expect.objectContaining({ name: "IpcError", code: "IPC_EMPTY_INPUT" }),
    );
  });

  const x = () => column([1], new Int32());
  const field = (name: string, nullable = true, metadata = new Map<string, string>()) =>
    new Schema([new Field(name, new Int32(), nullable, metadata)]);
  const different: Record<string, [RecordBatch, RecordBatch]> = {
    names: [batchOf({ a: x() }), batchOf({ b: x() })],
    types: [doubles(1), batchOf({ x: x() })],
    "numbers of columns": [batchOf({ a: x() }), batchOf({ a: x(), b: x() })],
    nullability: [batchWith(field("a"), [x()]), batchWith(field("a", false), [x()])],
    "field metadata": [
      batchWith(field("a"), [x()]),
      batchWith(field("a", true, new Map([["k", "v"]])), [x()]),
    ],
    "schema metadata": [batchOf({ a: x() }), batchOf({ a: x() }, new Map([["k", "v"]]))],
    "decimal scale": [
      batchOf({ a: makeData({ type: new Decimal(2, 10), length: 0 }) }),
      batchOf({ a: makeData({ type: new Decimal(3, 10), length: 0 }) }),
    ],
    "time zones": [
      batchOf({ a: makeData({ type: new TimestampMillisecond("UTC"), length: 0 }) }),
      batchOf({ a: makeData({ type: new TimestampMillisecond(), length: 0 }) }),
    ],
    "dictionary ids": [
      batchOf({ a: column(["p"], new Dictionary(new Utf8(), new Int32(), 1)) }),
      batchOf({ a: column(["p"], new Dictionary(new Utf8(), new Int32(), 2)) }),
    ],
  };
  for (const [what, batches] of Object.entries(different)) {
    it(`refuses batches that differ in ${what}, and drops none`, () => {
      expect(() => encodeBatches(batches)).toThrow(
        expect.objectContaining({
          code: "IPC_MALFORMED",
          message: expect.stringContaining("batch 1"),
        }),
      );
    });
  }

  it("keeps the values of batches whose dictionaries differ under one id", () => {
    const type = new Dictionary(new Utf8(), new Int32(), 7);
    const batch = (...values: string[]) => batchOf({ d: column(values, type) });
    const bytes = encodeBatches([batch("a", "b"), batch("c", "a"), batch("b")]);
    expect(decodeBatches(bytes).map(valuesOf)).toEqual([[["a", "b"]], [["c", "a"]], [["b"]]]);
    const rs = decodeBatches(throughArrowRs(bytes)).flatMap((b) => valuesOf(b)[0]);
    expect(rs).toEqual(["a", "b", "c", "a", "b"]);
  });

  it("writes a dictionary that grew between two batches", () => {
    const type = new Dictionary(new Utf8(), new Int32(), 8);
    const one = column(["a", "b"], new Utf8());
    const two = column(["c"], new Utf8());
    const indices = (data: number[], dictionary: Vector) =>
      batchOf({ d: makeData({ type, data: Int32Array.from(data), dictionary }) });
    const bytes = encodeBatches([
      indices([0, 1], new Vector([one])),
      indices([2, 0], new Vector([one, two])),
    ]);
    expect(decodeBatches(bytes).map(valuesOf)).toEqual([[["a", "b"]], [["c", "a"]]]);
  });

  it("keeps columns apart that share their memory", () => {
    const x = column([1.5, 2.5, 3.5], new Float64());
    const bytes = encodeBatch(batchOf({ a: x, b: x }));
    expect(decodeBatches(bytes).map(valuesOf)).toEqual([
      [
        [1.5, 2.5, 3.5],
        [1.5, 2.5, 3.5],
      ],
    ]);
    const overlapping = encodeBatch(batchOf({ a: x.slice(0, 2), b: x.slice(1, 2) }));
    expect(decodeBatches(throughArrowRs(overlapping)).map(valuesOf)).toEqual([
      [
        [1.5, 2.5],
        [2.5, 3.5],
      ],
    ]);
  });

  it("refuses a batch of another copy of apache-arrow, which would encode to garbage", () => {
    const other = createRequire(import.meta.url)("apache-arrow") as typeof import("apache-arrow");
    const [foreign] = other.tableFromArrays({ x: [1] }).batches;
    expect(() => encodeBatch(foreign as unknown as RecordBatch)).toThrow(
      expect.objectContaining({
        code: "IPC_MALFORMED",
        message: expect.stringMatching(/copy of apache-arrow.*RecordBatch/),
      }),
    );
  });

  for (const [what, value] of Object.entries({
    undefined: undefined,
    null: null,
    "a table": tableFromArrays({ x: [1] }),
    bytes: new Uint8Array(8),
  })) {
    it(`refuses ${what} in place of a batch`, () => {
      expect(() => encodeBatch(value as unknown as RecordBatch)).toThrow(
        expect.objectContaining({ code: "IPC_MALFORMED" }),
      );
    });
  }
});

describe("decodeBatch", () => {
  const schema = new Schema([new Field("x", new Float64(), true)]);

  it("tells a schema without a batch from a batch without rows", () => {
    expect(decodeBatch(tableToIPC(new Table(schema), "stream"))).toBeUndefined();
    expect(decodeBatches(tableToIPC(new Table(schema), "stream"))).toEqual([]);
    const empty = decodeBatch(encodeBatch(batchWith(schema, [column([], new Float64())])));
    expect(empty?.numRows).toBe(0);
    expect(empty?.schema.fields[0]?.name).toBe("x");
  });

  it("does not lose the placeholder that apache-arrow reads for an empty stream", () => {
    const [placeholder] = [...RecordBatchReader.from(tableToIPC(new Table(schema), "stream"))];
    if (placeholder === undefined) throw new Error("apache-arrow gives a placeholder batch");
    expect(decodeBatch(encodeBatch(placeholder))?.numRows).toBe(0);
  });

  it("keeps the rows of a batch without columns", () => {
    const none = new Schema([]);
    const data = makeData({ type: new Struct([]), length: 5, nullCount: 0, children: [] });
    expect(decodeBatch(encodeBatch(new RecordBatch(none, data)))?.numRows).toBe(5);
  });

  it("keeps names, nullability and metadata of schema and fields", () => {
    const field = new Field("", new Int32(), false, new Map([["unit", "km"]]));
    const rich = new Schema([field], new Map([["source", "test"]]));
    const back = decodeBatch(encodeBatch(batchWith(rich, [column([1], new Int32())])))?.schema;
    expect(back?.metadata).toEqual(new Map([["source", "test"]]));
    expect(back?.fields[0]).toMatchObject({ name: "", nullable: false });
    expect(back?.fields[0]?.metadata).toEqual(new Map([["unit", "km"]]));
  });

  it("refuses a second batch, which decodeBatches takes", () => {
    const bytes = encodeBatches([doubles(1), doubles(2)]);
    expect(() => decodeBatch(bytes)).toThrow(
      expect.objectContaining({ code: "IPC_MALFORMED", message: expect.stringContaining("got 2") }),
    );
    expect(decodeBatches(bytes)).toHaveLength(2);
  });

  // A Buffer has a `slice` that copies nothing.
  it.each([
    ["an array", (bytes: Uint8Array) => bytes],
    ["a Buffer", (bytes: Uint8Array) => Buffer.from(bytes)],
  ])(
    "gives a batch that apache-arrow takes for its own and that shares no memory with %s",
    (_what, of) => {
      const bytes = of(encodeBatch(doubles(1, 2)));
      const batch = decodeBatch(bytes);
      bytes.fill(0xff);
      expect(batch).toBeInstanceOf(RecordBatch);
      expect(batch && valuesOf(batch)).toEqual([[1, 2]]);
      expect(batch && new Table([batch]).numRows).toBe(2);
    },
  );

  it("reads bytes that start in the middle of a larger buffer", () => {
    const bytes = encodeBatch(doubles(4.5));
    const larger = new Uint8Array(bytes.length + 3);
    larger.set(bytes, 3);
    const batch = decodeBatch(larger.subarray(3));
    expect(batch && valuesOf(batch)).toEqual([[4.5]]);
  });

  it("agrees with apache-arrow's own reader", () => {
    const bytes = encodeBatches([doubles(1), doubles(2)]);
    expect(decodeBatches(bytes).map(valuesOf)).toEqual(
      [...RecordBatchReader.from(bytes)].map(valuesOf),
    );
  });
});
