import { readFixture } from "@uni/fixtures";
import { Field, makeData, RecordBatch, Schema, Struct, Utf8 } from "apache-arrow";
import { expect, it } from "vitest";
import { ExtismLoader } from "../../src/index.ts";

const TEXT_BYTES = 32 << 20;

/** One text, in memory of its own, so that nothing is left of its making that this thread may free. */
function largeText(): RecordBatch {
  const data = new Uint8Array(TEXT_BYTES).fill("x".charCodeAt(0));
  const valueOffsets = Int32Array.of(0, TEXT_BYTES);
  const text = makeData({ type: new Utf8(), length: 1, nullCount: 0, valueOffsets, data });
  const fields = [new Field("text", new Utf8(), true)];
  const row = makeData({ type: new Struct(fields), length: 1, nullCount: 0, children: [text] });
  return new RecordBatch(new Schema(fields), row);
}

it("frees what a call has left, once nothing else is to be done", async () => {
  await using loader = new ExtismLoader();
  const { scalars } = await loader.load(readFixture("text"));
  const length = scalars.find(({ name }) => name.local === "char_length");
  const large = largeText();
  const before = process.memoryUsage().arrayBuffers;
  const held = () => process.memoryUsage().arrayBuffers - before;

  expect((await length?.invoke(large))?.get(0)).toBe(BigInt(TEXT_BYTES));
  // The thread got the arguments, and what answered is eight bytes.
  await expect.poll(held, { timeout: 15_000 }).toBeLessThan(TEXT_BYTES / 2);
});
