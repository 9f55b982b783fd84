import { DataType, type RecordBatch, Vector } from "apache-arrow";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decodeBatch, encodeBatch } from "../../src/index.ts";
import { throughArrowRs } from "./arrow-rs.ts";
import { batchOf, valuesOf } from "./batches.ts";
import { type ColumnKind, KINDS, plain } from "./columns.ts";

/** Values of a kind with nulls among them, and a window on them. */
function sliced(kind: ColumnKind) {
  const values = DataType.isUnion(kind.type) ? kind.value : fc.option(kind.value, { freq: 4 });
  return fc
    .array(values, { maxLength: 40 })
    .chain((all) =>
      fc
        .tuple(fc.nat(all.length), fc.nat(all.length))
        .map(([a, b]) => ({ all, from: Math.min(a, b), to: Math.max(a, b) })),
    );
}

function decoded(bytes: Uint8Array): RecordBatch {
  const batch = decodeBatch(bytes);
  if (batch === undefined) throw new Error("the stream has no batch");
  return batch;
}

describe("round trip", () => {
  for (const [name, kind] of Object.entries(KINDS)) {
    it(`keeps values, nulls and slices of ${name}, and arrow-rs reads the same`, () => {
      fc.assert(
        fc.property(sliced(kind), ({ all, from, to }) => {
          const column = new Vector([kind.build(all)]).slice(from, to).data[0];
          if (column === undefined) return;
          const expected = all.slice(from, to).map(plain);
          const bytes = encodeBatch(batchOf({ c: column }));
          const back = decoded(bytes);
          expect(back.schema.fields[0]?.type.toString()).toBe(kind.type.toString());
          expect(valuesOf(back)).toEqual([expected]);
          expect(valuesOf(decoded(throughArrowRs(bytes)))).toEqual([expected]);
        }),
        { numRuns: 40 },
      );
    });
  }
});
