import { describe, expect, it } from "vitest";
import { decodeBatches, IpcError, type IpcLimits, type IpcRule } from "../../../src/index.ts";
import { allocatedBy } from "./heap-use.ts";
import {
  type BatchSpec,
  batch,
  END,
  type FieldSpec,
  field,
  NONE,
  type StreamSpec,
  stream,
  TYPES,
  withDictionary,
} from "./stream-spec.ts";
import { LONG, view } from "./valid-streams.ts";
import { writeStream } from "./write-stream.ts";

// Bytes that stand for much more than themselves: each of these would take a reader that believes
// them all its memory, or forever.

function refused(spec: StreamSpec, rule: IpcRule | keyof IpcLimits): void {
  const bytes = new Uint8Array(writeStream(spec));
  expect(() => decodeBatches(bytes)).toThrow(IpcError);
  expect(() => decodeBatches(bytes)).toThrow(expect.objectContaining({ rule }));
}

/** What a decode gives that may allocate so many bytes. */
function within<T>(most: number, decode: () => T): T {
  const { result, bytes } = allocatedBy(decode, most);
  expect(bytes).toBeLessThanOrEqual(most);
  return result;
}

const nulls = (rows: number) => batch(rows, [[rows, rows]], []);

describe("rows that take no bytes are counted:", () => {
  it("10 to the power of 12 nulls", () => {
    refused(stream([field("n", TYPES.null)], nulls(10 ** 12)), "maxRows");
  });

  it("10 to the power of 12 rows without a column", () => {
    refused(stream([], batch(10 ** 12, [], [])), "maxRows");
  });

  it("values of a struct without children, and of binary of 0 bytes", () => {
    const empty = { kind: 15, slots: [{ i32: 0 }] };
    const rows = 10 ** 9;
    refused(stream([field("s", TYPES.struct)], batch(rows, [[rows, 0]], [NONE])), "maxRows");
    refused(stream([field("b", empty)], batch(rows, [[rows, 0]], [NONE, NONE])), "maxRows");
  });

  it("a list of nulls in one row", () => {
    const items = 2 ** 31 - 1;
    const fields = [field("l", TYPES.list, { children: [field("item", TYPES.null)] })];
    const buffers = [NONE, Int32Array.of(0, items)];
    refused(
      stream(
        fields,
        batch(
          1,
          [
            [1, 0],
            [items, items],
          ],
          buffers,
        ),
      ),
      "maxRows",
    );
  });

  it("lists of a fixed size in lists of a fixed size", () => {
    const size = 2 ** 31 - 1;
    const type = { kind: 16, slots: [{ i32: size }] };
    const inner = field("item", type, { children: [field("item", TYPES.null)] });
    const nodes = [1, size, size ** 2].map((n, i) => [n, i === 2 ? n : 0] as const);
    const spec = stream([field("f", type, { children: [inner] })], batch(1, nodes, [NONE, NONE]));
    // The items are 2 to the power of 62, which no count can be.
    refused(spec, "safe-integer");
    const fewer = stream([field("f", type, { children: [field("item", TYPES.null)] })], {
      ...batch(
        4,
        [
          [4, 0],
          [size * 4, size * 4],
        ],
        [NONE],
      ),
    });
    refused(fewer, "maxRows");
  });

  it("a few rows in each of many batches", () => {
    const spec = stream([field("n", TYPES.null)], nulls(1 << 25));
    const one = spec.messages[1];
    if (one) spec.messages.push(one, one);
    refused(spec, "maxRows");
  });

  it("the nulls of a dictionary", () => {
    const fields = [field("d", TYPES.null, { dictionary: { id: 0, index: TYPES.int8 } })];
    const entries = 10 ** 9;
    const spec = withDictionary(
      fields,
      nulls(entries),
      batch(1, [[1, 0]], [NONE, Int8Array.of(0)]),
    );
    refused(spec, "maxRows");
  });
});

describe("bytes that are there once are read once:", () => {
  it("4,096 columns in one buffer", () => {
    const fields = Array.from({ length: 4096 }, (_, i) => field(`c${i}`, TYPES.binary));
    const one = batch(
      1,
      fields.map(() => [1, 0] as const),
      fields.flatMap(() => [NONE, Int32Array.of(0, 0), NONE]),
    );
    for (const [i, region] of (one.header.buffers ?? []).entries()) {
      Object.assign(region, { offset: 0, length: i % 3 === 0 ? 0 : 8 });
    }
    refused(stream(fields, one), "buffer-order");
  });

  it("100,000 views of one text", () => {
    const text = new TextEncoder().encode("é".repeat(50_000));
    const one = view(LONG);
    const words = new Int32Array(one.buffer);
    words.set([text.length, 0, 0, 0]);
    new Uint8Array(one.buffer).set(text.subarray(0, 4), 4);
    const views = Buffer.concat(new Array(100_000).fill(one));
    const fields = [field("v", TYPES.utf8View)];
    const whole = stream(fields, batch(100_000, [[100_000, 0]], [NONE, views, text], [1]));
    // 10 GB if each were checked.
    expect(decodeBatches(new Uint8Array(writeStream(whole)))).toHaveLength(1);
    const odd = Uint8Array.of(...text, 0xff);
    refused(
      stream(fields, batch(100_000, [[100_000, 0]], [NONE, views, odd], [1])),
      "view-overlap",
    );
  });

  it("one field, which is its own child's child", () => {
    let below: FieldSpec = field("x", TYPES.int32);
    for (let i = 0; i < 60; i++) below = field("s", TYPES.struct, { children: [below, below] });
    refused(stream([below], batch(0, [], [])), "flatbuffer-sharing");
  });
});

describe("what becomes objects is counted:", () => {
  it("a million batches without columns", () => {
    const one: { header: BatchSpec; body: Uint8Array } = batch(0, [], []);
    const message = writeStream({ messages: [one], end: NONE });
    const schema = writeStream({ messages: stream([], one).messages.slice(0, 1), end: NONE });
    const bytes = new Uint8Array(Buffer.concat([schema, ...new Array(600_000).fill(message), END]));
    expect(() => decodeBatches(bytes)).toThrow(expect.objectContaining({ rule: "maxObjects" }));
  });

  it("columns of many batches", () => {
    const fields = Array.from({ length: 1000 }, (_, i) => field(`c${i}`, TYPES.null));
    const spec = stream(
      fields,
      batch(
        1,
        fields.map(() => [1, 1] as const),
        [],
      ),
    );
    const one = spec.messages[1];
    if (one) spec.messages.push(...new Array(1100).fill(one));
    refused(spec, "maxObjects");
  });

  it("empty data buffers of a view column", () => {
    const data = new Array(1_100_000).fill(NONE);
    const one = batch(0, [[0, 0]], [NONE, NONE, ...data], [data.length]);
    refused(stream([field("v", TYPES.binaryView)], one), "maxObjects");
  });
});

describe("memory is a small multiple of the bytes:", () => {
  it("a dictionary of 16 million nulls", () => {
    const fields = [field("d", TYPES.null, { dictionary: { id: 0, index: TYPES.int8 } })];
    const values = nulls(1 << 24);
    const spec = withDictionary(fields, values, batch(1, [[1, 0]], [NONE, Int8Array.of(5)]));
    const bytes = new Uint8Array(writeStream(spec));
    expect(within(1 << 20, () => decodeBatches(bytes))).toHaveLength(1);
  });

  it("a large dictionary that grows by one value for each of 200 batches", () => {
    const fields = [field("d", TYPES.int8, { dictionary: { id: 0, index: TYPES.int32 } })];
    const entries = 1 << 18;
    const large = batch(entries, [[entries, 0]], [NONE, new Int8Array(entries)]);
    const spec = withDictionary(fields, large, batch(1, [[1, 0]], [NONE, Int32Array.of(7)]));
    const small = batch(1, [[1, 0]], [NONE, new Int8Array(1)]);
    const delta = { is: "dictionary", id: 0, isDelta: true, data: small.header } as const;
    const one = spec.messages.at(-1);
    for (let i = 0; one && i < 200; i++) {
      spec.messages.push({ header: { ...delta }, body: small.body }, one);
    }
    const bytes = new Uint8Array(writeStream(spec));
    expect(within(16 * bytes.length, () => decodeBatches(bytes))).toHaveLength(201);
  });

  it("a length that memory does not have", () => {
    const spec = stream([field("x", TYPES.float64)], batch(1, [[2 ** 50, 0]], [NONE, NONE]));
    const bytes = new Uint8Array(writeStream(spec));
    const refusedAt = () => {
      try {
        return decodeBatches(bytes);
      } catch (error) {
        return error;
      }
    };
    expect(within(1 << 20, refusedAt)).toBeInstanceOf(IpcError);
    refused(spec, "buffer-length");
  });
});
