import type { Field, RecordBatch, Schema } from "apache-arrow";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decodeBatch, decodeBatches, encodeBatch, encodeBatches } from "../../src/index.ts";
import { throughArrowRs } from "./arrow-rs.ts";
import { valuesOf } from "./batches.ts";
import { randomBatch } from "./random-schemas.ts";

/** Everything that a schema says, as plain data. */
function said(schema: Schema): unknown {
  return [
    [...schema.metadata].sort(),
    schema.fields.map(({ name, nullable, metadata, type }) => [
      name,
      nullable,
      [...metadata].sort(),
      type.toString(),
      type.children?.map((child: Field) => [
        child.name,
        child.nullable,
        [...child.metadata].sort(),
      ]),
    ]),
  ];
}

function one(bytes: Uint8Array): RecordBatch {
  const batch = decodeBatch(bytes);
  if (batch === undefined) throw new Error("the stream has no batch");
  return batch;
}

describe("batches of random schemas", () => {
  it("keep schema and values, and arrow-rs reads and writes the same", () => {
    fc.assert(
      fc.property(randomBatch, ({ batch, values }) => {
        const bytes = encodeBatch(batch);
        const back = one(bytes);
        expect(said(back.schema)).toEqual(said(batch.schema));
        expect(valuesOf(back)).toEqual(values);
        expect(back.numRows).toBe(batch.numRows);
        // arrow-rs has no batches without columns.
        if (values.length === 0) return;
        const theirs = decodeBatches(throughArrowRs(bytes));
        const rows = theirs.map(valuesOf);
        expect(values.map((_, i) => rows.flatMap((columns) => columns[i]))).toEqual(values);
      }),
      { numRuns: 300 },
    );
  });

  it("keep the rows of a slice, and of a slice of a slice", () => {
    fc.assert(
      fc.property(randomBatch, fc.nat(12), fc.nat(12), fc.nat(3), ({ batch, values }, a, b, c) => {
        const [from, to] = [Math.min(a, b), Math.max(a, b)];
        const slice = batch.slice(from, to).slice(Math.min(c, to - from));
        const rows = values.map((column) => column.slice(from, to).slice(c));
        const bytes = encodeBatch(slice);
        expect(valuesOf(one(bytes))).toEqual(rows);
        if (values.length === 0) return;
        const theirs = decodeBatches(throughArrowRs(bytes)).map(valuesOf);
        expect(values.map((_, i) => theirs.flatMap((columns) => columns[i]))).toEqual(rows);
      }),
      { numRuns: 300 },
    );
  });

  it("keep the batches of a stream apart", () => {
    fc.assert(
      fc.property(randomBatch, fc.nat(12), ({ batch, values }, cut) => {
        const parts = [batch.slice(0, cut), batch, batch.slice(cut)];
        const back = decodeBatches(encodeBatches(parts)).map(valuesOf);
        expect(back).toEqual([
          values.map((column) => column.slice(0, cut)),
          values,
          values.map((column) => column.slice(cut)),
        ]);
      }),
      { numRuns: 100 },
    );
  });
});
