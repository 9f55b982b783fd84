import {
  Data,
  type Field,
  RecordBatch,
  RecordBatchReader,
  RecordBatchStreamWriter,
  Schema,
  Table,
  tableFromIPC,
  tableToIPC,
  util,
} from "apache-arrow";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decodeBatch, encodeBatch } from "../../src/index.ts";
import { batchOf, valuesOf } from "./batches.ts";
import { KINDS } from "./columns.ts";

const ROWS = 5;

/** One column of every kind, and the batch that apache-arrow itself reads of the same bytes. */
function both() {
  // Its reader has null for an empty name, and these have one.
  const kinds = Object.entries(KINDS).filter(([, { type }]) => !/[{ ]:/.test(String(type)));
  const columns = kinds.map(([name, { value, build }]) => {
    const values = fc.sample(value, { numRuns: ROWS - 1, seed: 3 });
    const withNull = name.includes("Union") ? [...values, values[0]] : [...values, null];
    return [name, build(withNull)] as const;
  });
  const metadata = new Map([["source", "test"]]);
  const bytes = encodeBatch(batchOf(Object.fromEntries(columns), metadata));
  const own = decodeBatch(bytes);
  const [theirs] = RecordBatchReader.from(bytes);
  if (own === undefined || theirs === undefined) throw new Error("the stream has a batch");
  return { own, theirs };
}

/** What data is made of, all the way down. */
function shapeOf(data: Data): unknown {
  return {
    keys: Object.keys(data).sort(),
    type: data.type.toString(),
    typeClass: data.type.constructor,
    length: data.length,
    nullCount: data.nullCount,
    offset: data.offset,
    stride: data.stride,
    arrays: Array.from(data.buffers as unknown as unknown[], (buffer) => buffer?.constructor),
    children: data.children.map(shapeOf),
    dictionary: data.dictionary?.data.map(shapeOf),
    memoized: data.dictionary?.isMemoized,
  };
}

const fieldShape = ({ name, nullable, metadata, type }: Field): unknown => [
  name,
  nullable,
  [...metadata],
  type.toString(),
  type.children?.map(fieldShape),
];

describe("a decoded batch is one of apache-arrow", () => {
  const { own, theirs } = both();

  it("is made as its own reader makes it", () => {
    expect(own).toBeInstanceOf(RecordBatch);
    expect(Object.keys(own).sort()).toEqual(Object.keys(theirs).sort());
    expect(own.schema).toBeInstanceOf(Schema);
    expect(Object.keys(own.schema).sort()).toEqual(Object.keys(theirs.schema).sort());
    expect(own.schema.metadata).toEqual(theirs.schema.metadata);
    const idsOf = (batch: RecordBatch) => [...batch.schema.dictionaries.keys()].sort();
    expect(idsOf(own)).toEqual(idsOf(theirs));
    expect(own.data).toBeInstanceOf(Data);
    expect(Object.keys(own.data).sort()).toEqual(Object.keys(theirs.data).sort());
  });

  for (const [i, { name }] of own.schema.fields.entries()) {
    it(`has ${name} as its own reader has it`, () => {
      const [a, b] = [own.data.children[i], theirs.data.children[i]];
      if (a === undefined || b === undefined) throw new Error("every field has a column");
      expect(shapeOf(a)).toEqual(shapeOf(b));
      const [f, g] = [own.schema.fields[i], theirs.schema.fields[i]];
      if (f === undefined || g === undefined) throw new Error("both have the field");
      expect(fieldShape(f)).toEqual(fieldShape(g));
    });
  }

  it("compares as equal in schema", () => {
    expect(util.compareSchemas(own.schema, new Schema(own.schema.fields))).toBe(true);
  });

  it("goes into tables, slices, selections and concatenations", () => {
    const table = new Table([own, own]);
    expect(table.numRows).toBe(2 * ROWS);
    expect(valuesOf(own.slice(1, 4))).toEqual(valuesOf(own).map((column) => column.slice(1, 4)));
    expect(own.selectAt([2, 0]).numCols).toBe(2);
    expect(own.concat(own).numRows).toBe(2 * ROWS);
    expect(table.getChild("utf8")?.toArray()).toHaveLength(2 * ROWS);
    expect(own.getChild("float64")?.toArray()).toBeInstanceOf(Float64Array);
    expect([...own].map((row) => row?.toJSON())).toHaveLength(ROWS);
    expect(own.getChild("int32")?.indexOf(own.getChild("int32")?.get(1) ?? null)).toBeLessThan(2);
  });

  it("is written by its writers, and read again", () => {
    // Its writer spoils slices of nulls and views, which every list is to it.
    const columns = own.schema.fields.flatMap(({ type }, i) =>
      /null|view/i.test(String(type)) ? [] : [i],
    );
    const some = own.selectAt(columns);
    const written = RecordBatchStreamWriter.writeAll([some]).toUint8Array(true);
    expect(tableFromIPC(written).batches.map(valuesOf)).toEqual([valuesOf(some)]);
    expect(tableFromIPC(tableToIPC(new Table([some]), "file")).numRows).toBe(ROWS);
  });
});
