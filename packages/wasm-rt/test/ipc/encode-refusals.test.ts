import {
  Data,
  Dictionary,
  Field,
  Float64,
  Int32,
  List,
  makeData,
  RecordBatch,
  Schema,
  Struct,
  Table,
  Utf8,
  Utf8View,
  Vector,
  vectorFromArray,
} from "apache-arrow";
import { describe, expect, it } from "vitest";
import { decodeBatch, encodeBatch, SECRET_HANDLE_EXTENSION } from "../../src/index.ts";
import { throughArrowRs } from "./arrow-rs.ts";
import { batchOf, batchWith, valuesOf } from "./batches.ts";

function column(values: readonly unknown[], type: ConstructorParameters<typeof Field>[1]): Data {
  const [data] = vectorFromArray([...values], type).data;
  if (data === undefined) throw new Error("a vector has data");
  return data;
}

const malformed = (column: string, message: RegExp) =>
  expect.objectContaining({
    code: "IPC_MALFORMED",
    column,
    message: expect.stringMatching(message),
  });

describe("encodeBatch refuses", () => {
  it("data of another type than its schema says, as columns of one name have in apache-arrow", () => {
    const fields = [new Field("a", new Int32(), true), new Field("a", new Utf8(), true)];
    const batch = batchWith(new Schema(fields), [
      column([1], new Int32()),
      column(["x"], new Utf8()),
    ]);
    expect(() => encodeBatch(batch)).toThrow(malformed("a", /Utf8 by its schema.*is Int32/));
  });

  it("a null of a field that is not nullable", () => {
    const schema = new Schema([new Field("x", new Float64(), false)]);
    const batch = batchWith(schema, [column([1, null], new Float64())]);
    expect(() => encodeBatch(batch)).toThrow(malformed("x", /not nullable and has 1 nulls/));
  });

  it("a null below a struct that is not null itself, and takes one below a null", () => {
    const type = new Struct([new Field("a", new Int32(), false)]);
    const struct = (bitmap: number) =>
      batchOf({
        s: makeData({
          type,
          length: 2,
          nullCount: -1,
          nullBitmap: Uint8Array.of(bitmap),
          children: [column([1, null], new Int32())],
        }),
      });
    expect(() => encodeBatch(struct(0b11))).toThrow(malformed("s.a", /not nullable/));
    const bytes = encodeBatch(struct(0b01));
    const batch = decodeBatch(bytes);
    expect(batch && valuesOf(batch)).toEqual([[{ a: 1 }, null]]);
    expect(throughArrowRs(bytes).length).toBeGreaterThan(0);
  });

  it("fewer values than rows that are not null", () => {
    const short = makeData({ type: new Float64(), length: 5, data: Float64Array.of(1, 2, 3) });
    expect(() => encodeBatch(batchOf({ x: short }))).toThrow(
      malformed("x", /values for all of its 5 rows/),
    );
    const data = new Data(new Utf8(), 0, 3, 0, [Int32Array.of(0, 1), new Uint8Array(1)]);
    expect(() => encodeBatch(batchOf({ s: data }))).toThrow(malformed("s", /values for all/));
  });

  it("offsets and views that lead out of their bytes", () => {
    const text = new Data(new Utf8(), 0, 1, 0, [Int32Array.of(0, 9), new Uint8Array(1)]);
    expect(() => encodeBatch(batchOf({ s: text }))).toThrow(malformed("s", /9 bytes of values/));
    const back = new Data(new Utf8(), 0, 1, 0, [Int32Array.of(3, 1), new Uint8Array(9)]);
    expect(() => encodeBatch(batchOf({ s: back }))).toThrow(malformed("s", /never decrease/));
    const all = column(["a value of more than twelve bytes"], new Utf8View());
    const views = makeData({
      type: new Utf8View(),
      length: 1,
      views: all.values,
      variadicBuffers: [],
    });
    expect(() => encodeBatch(batchOf({ v: views }))).toThrow(
      malformed("v", /inside one of 0 buffers/),
    );
  });

  it("values in another array than their type has", () => {
    const odd = new Data(new Float64(), 0, 1, 0, [undefined as never, new Uint8Array(8) as never]);
    expect(() => encodeBatch(batchOf({ x: odd }))).toThrow(malformed("x", /elements of 8 bytes/));
  });

  it("two dictionaries under one id", () => {
    const type = new Dictionary(new Utf8(), new Int32(), 4);
    const of = (word: string) =>
      makeData({ type, data: Int32Array.of(0), dictionary: vectorFromArray([word], new Utf8()) });
    const fields = ["a", "b"].map((name) => new Field(name, type, true));
    const children = [of("x"), of("y")];
    const data = new Data(new Struct(fields), 0, 1, 0, undefined, children);
    const batch = Object.assign(Object.create(RecordBatch.prototype), {
      schema: new Schema(fields),
      data,
      _metadata: new Map(),
    });
    expect(() => encodeBatch(batch)).toThrow(malformed("b", /another dictionary under the id 4/));
  });

  it("a dictionary of a dictionary, which the format does not have", () => {
    const inner = new Dictionary(new Utf8(), new Int32(), 5);
    const outer = new Dictionary(inner, new Int32(), 6);
    const words = makeData({
      type: inner,
      data: Int32Array.of(0),
      dictionary: vectorFromArray(["x"], new Utf8()),
    });
    const batch = batchOf({
      d: makeData({ type: outer, data: Int32Array.of(0), dictionary: new Vector([words]) }),
    });
    expect(() => encodeBatch(batch)).toThrow(
      expect.objectContaining({ code: "IPC_UNSUPPORTED", column: "d" }),
    );
  });

  it("a secret that is in the type of the data and not in the schema", () => {
    const tag = new Map([["ARROW:extension:name", SECRET_HANDLE_EXTENSION]]);
    const list = (tags?: Map<string, string>) =>
      new List(new Field("item", new Utf8(), true, tags));
    const schema = new Schema([new Field("l", list(), true)]);
    const batch = batchWith(schema, [column([["a"]], list(tag))]);
    expect(() => encodeBatch(batch)).toThrow(
      expect.objectContaining({ code: "IPC_SECRET_LEAK", column: "l.item" }),
    );
  });
});

describe("encodeBatch takes", () => {
  it("columns that apache-arrow made longer, whose rows beyond the end are null", () => {
    const nested = new Struct([new Field("a", new Int32(), true)]);
    const short = {
      x: vectorFromArray([1.5], new Float64()),
      s: vectorFromArray(["a"], new Utf8()),
      l: vectorFromArray([[7]], new List(new Field("item", new Int32(), true))),
      v: vectorFromArray(["a value of more than twelve bytes"], new Utf8View()),
      n: vectorFromArray([{ a: 1 }], nested),
    };
    const long = vectorFromArray([1, 2, 3], new Int32());
    const columns = Object.entries({ ...short, long }).map(([name, { data }]) => [name, data[0]]);
    const batch = new RecordBatch(Object.fromEntries(columns));
    const bytes = encodeBatch(batch);
    const nulls = [null, null];
    const expected = [
      [1.5, ...nulls],
      ["a", ...nulls],
      [[7], ...nulls],
      ["a value of more than twelve bytes", ...nulls],
      [{ a: 1 }, ...nulls],
      [1, 2, 3],
    ];
    for (const stream of [bytes, throughArrowRs(bytes)]) {
      const back = decodeBatch(stream);
      expect(back && valuesOf(back)).toEqual(expected);
    }
  });

  it("metadata of a batch, and gives it back", () => {
    const [{ schema, data } = batchOf({})] = new Table({ x: vectorFromArray([1], new Int32()) })
      .batches;
    const batch = new RecordBatch(
      schema,
      data,
      new Map([
        ["origin", "here"],
        ["ünï", "çödé"],
      ]),
    );
    const bytes = encodeBatch(batch);
    expect(decodeBatch(bytes)?.metadata).toEqual(batch.metadata);
    expect(decodeBatch(encodeBatch(batchOf({})))?.metadata.size).toBe(0);
    expect(throughArrowRs(bytes).length).toBeGreaterThan(0);
  });
});
