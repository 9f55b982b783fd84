import {
  Data,
  DataType,
  DenseUnion,
  Dictionary,
  Field,
  FixedSizeList,
  Float64,
  Int32,
  LargeList,
  List,
  makeData,
  RecordBatchStreamWriter,
  Schema,
  SparseUnion,
  Struct,
  Table,
  tableToIPC,
  Utf8,
} from "apache-arrow";
import { describe, expect, it } from "vitest";
import {
  decodeBatch,
  decodeBatches,
  encodeBatch,
  encodeBatches,
  SECRET_HANDLE_EXTENSION,
} from "../../src/index.ts";
import { batchWith } from "./batches.ts";
import { mapOf } from "./columns.ts";

const TAG = new Map([["ARROW:extension:name", SECRET_HANDLE_EXTENSION]]);
const secret = (name: string, nullable = true) => new Field(name, new Utf8(), nullable, TAG);
const open = (name: string, type: DataType) => new Field(name, type, true);

const PLACES: Record<string, { field: Field; path: string }> = {
  "a column": { field: secret("token"), path: "token" },
  "a child of a struct": { field: open("s", new Struct([secret("token")])), path: "s.token" },
  "the items of a list": { field: open("l", new List(secret("item"))), path: "l.item" },
  "the items of a large list": { field: open("l", new LargeList(secret("item"))), path: "l.item" },
  "the items of a fixed-size list": {
    field: open("v", new FixedSizeList(2, secret("item"))),
    path: "v.item",
  },
  "the keys of a map": {
    field: open("m", mapOf(secret("key", false), open("value", new Int32()))),
    path: "m.entries.key",
  },
  "the values of a map": {
    field: open("m", mapOf(new Field("key", new Utf8()), secret("value"))),
    path: "m.entries.value",
  },
  "a child of a dense union": {
    field: open("u", new DenseUnion([0], [secret("token")])),
    path: "u.token",
  },
  "a child of a sparse union": {
    field: open("u", new SparseUnion([0], [secret("token")])),
    path: "u.token",
  },
  "a dictionary column": {
    field: new Field("d", new Dictionary(new Utf8(), new Int32(), 1), true, TAG),
    path: "d",
  },
  "a struct in a dictionary": {
    field: open("d", new Dictionary(new Struct([secret("token")]), new Int32(), 2)),
    path: "d.token",
  },
  "five levels down": {
    field: open(
      "a",
      new List(open("b", new Struct([open("c", new List(open("d", new Struct([secret("e")]))))]))),
    ),
    path: "a.b.c.d.e",
  },
};

function emptyColumn(type: DataType): Data {
  // makeData wants the child of a list, and no builder takes a union.
  if (!DataType.isList(type) && !DataType.isLargeList(type)) return makeData({ type });
  return new Data(
    type,
    0,
    0,
    0,
    [new Int32Array(1)],
    type.children.map((f) => emptyColumn(f.type)),
  );
}

const leak = (column: string) =>
  expect.objectContaining({
    code: "IPC_SECRET_LEAK",
    column,
    message: expect.stringContaining(`column ${column} `),
  });

describe("membrane", () => {
  for (const [place, { field, path }] of Object.entries(PLACES)) {
    const schema = new Schema([open("x", new Float64()), field]);
    const batch = () =>
      batchWith(
        schema,
        schema.fields.map(({ type }) => emptyColumn(type)),
      );

    it(`lets no secret out to a guest: ${place}`, () => {
      expect(() => encodeBatch(batch())).toThrow(leak(path));
    });

    it(`lets no secret in from a guest: ${place}`, () => {
      const bytes = RecordBatchStreamWriter.writeAll([batch()]).toUint8Array(true);
      expect(() => decodeBatch(bytes)).toThrow(leak(path));
    });

    it(`looks at streams without a batch: ${place}`, () => {
      const bytes = tableToIPC(new Table(schema), "stream");
      expect(() => decodeBatches(bytes)).toThrow(leak(path));
    });
  }

  it("looks at every batch, not only the first", () => {
    const plain = new Schema([new Field("x", new Utf8(), true)]);
    const tagged = new Schema([secret("x")]);
    const column = () => makeData({ type: new Utf8() });
    const batches = [batchWith(plain, [column()]), batchWith(tagged, [column()])];
    expect(() => encodeBatches(batches)).toThrow(leak("x"));
  });

  it("lets other extension types through", () => {
    const uuid = new Map([["ARROW:extension:name", "arrow.uuid"]]);
    const schema = new Schema([new Field("id", new Utf8(), true, uuid)]);
    const batch = decodeBatch(encodeBatch(batchWith(schema, [makeData({ type: new Utf8() })])));
    expect(batch?.schema.fields[0]?.metadata).toEqual(uuid);
  });
});
