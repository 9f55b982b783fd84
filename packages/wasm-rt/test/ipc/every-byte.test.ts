import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { collectStream } from "../../src/ipc/encode/collect-stream.ts";
import { streamBytes, writeInto } from "../../src/ipc/encode/write-stream.ts";
import { randomBatch } from "./random-schemas.ts";

// Large streams are written into memory that was not filled with zeros, in which anything of the
// host's may have been. Not a byte of it may be left.
describe("a stream is written over every byte of its memory", () => {
  it("whatever the batch, and whichever part of it", () => {
    fc.assert(
      fc.property(randomBatch, fc.nat(12), fc.nat(12), ({ batch }, a, b) => {
        const stream = collectStream([batch, batch.slice(Math.min(a, b), Math.max(a, b))]);
        const over = (byte: number) => {
          const memory = Buffer.from(new ArrayBuffer(streamBytes(stream))).fill(byte);
          writeInto(memory, stream);
          return memory;
        };
        expect(over(0xaa).equals(over(0))).toBe(true);
        expect(over(0xff).equals(over(0))).toBe(true);
      }),
      { numRuns: 300 },
    );
  });
});
