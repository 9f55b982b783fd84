import fc from "fast-check";
import { encodeBatch, encodeBatches } from "../../../src/index.ts";
import { batchOf } from "../batches.ts";
import { KINDS } from "../columns.ts";
import { randomBatch } from "../random-schemas.ts";
import { VALID } from "./valid-streams.ts";
import { writeStream } from "./write-stream.ts";

const RANDOM_BATCHES = 20;

/** Streams to mutate: of every kind of column, as our encoder and as flatbuffers' own builder write them. */
export function corpus(seed: number): { readonly name: string; readonly bytes: Uint8Array }[] {
  const encoded = Object.entries(KINDS).map(([name, { value, build }]) => {
    const batches = [4, 2].map((rows, i) => {
      const values = fc.sample(value, { numRuns: rows, seed: seed + i });
      const some = name.includes("Union") ? values : [null, ...values];
      return batchOf({ c: build(some) }, new Map([["k", "v"]]));
    });
    return { name, bytes: encodeBatches(batches.slice(0, 1 + (name.length % 2))) };
  });
  const written = Object.entries(VALID).map(([name, spec]) => ({
    name: `valid ${name}`,
    bytes: new Uint8Array(writeStream(spec())),
  }));
  const random = fc
    .sample(randomBatch, { numRuns: RANDOM_BATCHES, seed })
    .flatMap(({ batch }, i) =>
      // arrow-rs has no batches without columns.
      batch.numCols === 0 ? [] : [{ name: `random ${i}`, bytes: encodeBatch(batch) }],
    );
  return [...encoded, ...written, ...random];
}
