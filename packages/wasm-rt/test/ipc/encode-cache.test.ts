import {
  Field,
  Float64,
  Int32,
  List,
  makeData,
  type RecordBatch,
  Schema,
  Struct,
  Utf8,
  vectorFromArray,
} from "apache-arrow";
import { describe, expect, it } from "vitest";
import {
  decodeBatch,
  encodeBatch,
  encodeBatches,
  SECRET_HANDLE_EXTENSION,
} from "../../src/index.ts";
import { batchOf, batchWith, valuesOf } from "./batches.ts";

// What streams of one schema share is made once. It must never outlive what the schema says.

const TAG = ["ARROW:extension:name", SECRET_HANDLE_EXTENSION] as const;

function doubles(...values: number[]) {
  const [data] = vectorFromArray(values, new Float64()).data;
  if (data === undefined) throw new Error("a vector has data");
  return data;
}

const schemaOf = (batch: RecordBatch) => decodeBatch(encodeBatch(batch))?.schema;

describe("encoding one schema again", () => {
  it("writes the same bytes, for the same schema and for one that says the same", () => {
    const batch = batchOf({ x: doubles(1, 2) });
    const bytes = encodeBatch(batch);
    expect(encodeBatch(batch)).toEqual(bytes);
    expect(encodeBatch(batchOf({ x: doubles(1, 2) }))).toEqual(bytes);
  });

  it("writes other values, rows and nulls", () => {
    const { schema } = batchOf({ x: doubles() });
    for (const values of [[1], [2, 3], [], [4.5, null, 6]]) {
      const [data] = vectorFromArray(values, new Float64()).data;
      if (data === undefined) throw new Error("a vector has data");
      const batch = decodeBatch(encodeBatch(batchWith(schema, [data])));
      expect(batch && valuesOf(batch)).toEqual([values]);
    }
  });

  it("sees a tag that was set in between, on a column and below one", () => {
    const item = new Field("item", new Utf8(), true);
    const [list] = vectorFromArray([["a"]], new List(item)).data;
    if (list === undefined) throw new Error("a vector has data");
    const batch = batchOf({ x: doubles(1), l: list });
    encodeBatch(batch);
    const child = batch.schema.fields[1]?.type.children[0];
    child?.metadata.set(...TAG);
    const leak = (column: string) => expect.objectContaining({ code: "IPC_SECRET_LEAK", column });
    expect(() => encodeBatch(batch)).toThrow(leak("l.item"));
    child?.metadata.clear();
    expect(encodeBatch(batch)).toBeInstanceOf(Uint8Array);
    batch.schema.fields[0]?.metadata.set(...TAG);
    expect(() => encodeBatch(batch)).toThrow(leak("x"));
  });

  it("sees a tag on a schema that says the same but for it", () => {
    const field = (tags?: Map<string, string>) =>
      new Schema([new Field("y", new Float64(), true, tags)]);
    encodeBatch(batchWith(field(), [doubles(1)]));
    const tagged = batchWith(field(new Map([TAG])), [doubles(1)]);
    expect(() => encodeBatch(tagged)).toThrow(expect.objectContaining({ code: "IPC_SECRET_LEAK" }));
    const both = [batchWith(field(), [doubles(1)]), tagged];
    expect(() => encodeBatches(both)).toThrow(expect.objectContaining({ code: "IPC_SECRET_LEAK" }));
  });

  const changes: Record<string, (batch: RecordBatch) => void> = {
    "a name": ({ schema }) => Object.assign(schema.fields[0] ?? {}, { name: "z" }),
    nullability: ({ schema }) => Object.assign(schema.fields[0] ?? {}, { nullable: false }),
    "metadata of a field": ({ schema }) => schema.fields[0]?.metadata.set("unit", "km"),
    "metadata of the schema": ({ schema }) => schema.metadata.set("source", "test"),
  };
  for (const [what, change] of Object.entries(changes)) {
    it(`sees ${what} that was changed in between`, () => {
      const batch = batchWith(new Schema([new Field("x", new Float64(), true)]), [doubles(1)]);
      encodeBatch(batch);
      change(batch);
      const { fields, metadata } = batch.schema;
      const back = schemaOf(batch);
      expect(back?.metadata).toEqual(metadata);
      expect(
        back?.fields.map(({ name, nullable, metadata: own }) => [name, nullable, own]),
      ).toEqual(fields.map(({ name, nullable, metadata: own }) => [name, nullable, own]));
    });
  }

  it("keeps schemas apart that differ only in which field another one is below", () => {
    const a = new Field("a", new Float64(), true);
    const b = new Field("b", new Float64(), true);
    const struct = (fields: Field[]) => {
      const children = fields.map(() => doubles(1));
      return makeData({ type: new Struct(fields), length: 1, nullCount: 0, children });
    };
    const beside = batchOf({ s: struct([a]), b: doubles(1) });
    const below = batchOf({ s: struct([a, b]) });
    for (const batch of [beside, below, beside]) {
      expect(String(schemaOf(batch))).toBe(String(batch.schema));
    }
    expect(() => encodeBatches([beside, below])).toThrow(
      expect.objectContaining({
        code: "IPC_MALFORMED",
        message: expect.stringContaining("batch 1 has another schema"),
      }),
    );
  });

  it("keeps schemas apart that differ in a type, also when there are many", () => {
    for (let i = 0; i < 100; i++) {
      // A few names soon after each other, and then more than are remembered.
      const name = `c${i % (i < 50 ? 5 : 40)}`;
      const [data] = vectorFromArray([i], i % 3 === 0 ? new Int32() : new Float64()).data;
      if (data === undefined) throw new Error("a vector has data");
      const batch = decodeBatch(encodeBatch(batchOf({ [name]: data })));
      expect(batch?.schema.fields[0]?.type.toString()).toBe(i % 3 === 0 ? "Int32" : "Float64");
      expect(batch && valuesOf(batch)).toEqual([[i]]);
    }
  });
});
