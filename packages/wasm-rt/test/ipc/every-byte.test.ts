import { Bool, Data, Field, Float64, Int32, makeData, Struct } from "apache-arrow";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { collectStream } from "../../src/ipc/encode/collect-stream.ts";
import { type Stream, streamBytes, writeInto } from "../../src/ipc/encode/write-stream.ts";
import { batchOf } from "./batches.ts";
import { randomBatch } from "./random-schemas.ts";

// Large streams are written into memory that was not filled with zeros, in which anything of the
// host's may have been. Not a byte of it may be left.
function expectAllWritten(stream: Stream): void {
  const over = (byte: number) => {
    const memory = Buffer.from(new ArrayBuffer(streamBytes(stream))).fill(byte);
    writeInto(memory, stream);
    return memory;
  };
  expect(over(0xaa).equals(over(0))).toBe(true);
  expect(over(0xff).equals(over(0))).toBe(true);
}

describe("a stream is written over every byte of its memory", () => {
  it("whatever the batch, and whichever part of it", () => {
    fc.assert(
      fc.property(randomBatch, fc.nat(12), fc.nat(12), ({ batch }, a, b) => {
        expectAllWritten(collectStream([batch, batch.slice(Math.min(a, b), Math.max(a, b))]));
      }),
      { numRuns: 300 },
    );
  });

  it("also where columns have fewer values than rows", () => {
    // As many as a builder makes room for are not missing; these come without room.
    const type = new Float64();
    const nullBitmap = new Uint8Array(8);
    const none = new Data(type, 0, 40, 40, [undefined as never, new Float64Array(0), nullBitmap]);
    const one = new Data(type, 0, 40, 39, [
      undefined as never,
      Float64Array.of(1),
      Uint8Array.of(1, 0, 0, 0, 0, 0, 0, 0),
    ]);
    const flags = new Data(new Bool(), 0, 40, 40, [
      undefined as never,
      undefined as never,
      nullBitmap,
    ]);
    const child = makeData({ type: new Int32(), data: Int32Array.of(1, 2, 3) });
    const struct = makeData({
      type: new Struct([new Field("a", new Int32(), true)]),
      length: 40,
      nullCount: 37,
      nullBitmap: Uint8Array.of(0b111, 0, 0, 0, 0, 0, 0, 0),
      children: [child],
    });
    expectAllWritten(collectStream([batchOf({ none, one, flags, struct })]));
  });
});
