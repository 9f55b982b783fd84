import { describe, expect, it } from "vitest";
import { copyBytes } from "../../src/host/copy-bytes.ts";
import { runWithin } from "../../src/sandbox/deadline.ts";

const MEBIBYTE = 2 ** 20;

describe("a copy of bytes", () => {
  it.each([0, 1, MEBIBYTE, MEBIBYTE + 1, 2 * MEBIBYTE, 2 * MEBIBYTE + 7])(
    "of %i bytes is equal and its own",
    (length) => {
      const bytes = new Uint8Array(length + 2).subarray(1, length + 1).map((_, i) => i * 31);
      const copy = copyBytes(bytes);
      expect(Buffer.compare(copy, bytes)).toBe(0);
      expect(copy.buffer).not.toBe(bytes.buffer);
      expect(copy.buffer.byteLength).toBe(length);
    },
  );

  it("is ended by a deadline between two of its pieces", () => {
    let pieces = 0;
    class Counted extends Uint8Array<ArrayBuffer> {
      override subarray(start?: number, end?: number): Uint8Array<ArrayBuffer> {
        pieces += 1;
        const until = performance.now() + 5;
        while (performance.now() < until);
        return new Uint8Array(this.buffer).subarray(start, end);
      }
    }
    const bytes = new Counted(new ArrayBuffer(64 * MEBIBYTE)).fill(1);
    const late = new Error("late");
    expect(() =>
      runWithin(
        50,
        () => copyBytes(bytes),
        () => late,
      ),
    ).toThrow(late);
    expect(pieces).toBeGreaterThan(0);
    expect(pieces).toBeLessThan(64);
  });
});
