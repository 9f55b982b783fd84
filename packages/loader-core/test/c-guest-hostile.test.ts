import { batchOf } from "@uni/loader-tests";
import { decodeBatch, encodeBatch, IpcError } from "@uni/wasm-rt";
import {
  Binary,
  Bool,
  type DataType,
  DateMillisecond,
  Float32,
  Float64,
  Int32,
  Int64,
  LargeBinary,
  TimestampMillisecond,
  Utf8,
} from "apache-arrow";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type CoreOptions, columnsOf, guestBytes, RawCore, valuesOf } from "./raw-core.ts";

const guest = new RawCore(guestBytes("text_distance"));
const utf8 = new Utf8();
const float64 = new Float64();

const LEVENSHTEIN = "invoke_ai_example_fuzzy_levenshtein";
const CLAMP = "invoke_ai_example_fuzzy_clamp";
const valid = encodeBatch(
  batchOf([["kitten", null, "😀é", ""], utf8, "arg0"], [["sitting", "x", "é", null], utf8, "arg1"]),
);
const doubles = encodeBatch(
  batchOf([[1, null, 3], float64], [[0, 0, -1], float64], [[2, 2, null], float64]),
);

const ECHO = "proc_ai_example_echo_columns_invoke";
const echo = new RawCore(guestBytes("echo"));
const nothing = { uni_host_log: () => undefined, uni_traceparent: () => undefined };
const EVERY_TYPE = [
  [new Int32(), [1, null, -1]],
  [new Int64(), [1n, null, -1n]],
  [new Float32(), [0.5, null, -1]],
  [float64, [0.5, null, -1]],
  [new Bool(), [true, null, false]],
  [utf8, ["a", null, "😀"]],
  [new Binary(), [Uint8Array.of(1, 2), null, Uint8Array.of()]],
  [new LargeBinary(), [Uint8Array.of(1, 2), null, Uint8Array.of()]],
  [new DateMillisecond(), [1, null, -1]],
  [new TimestampMillisecond(), [1, null, -1]],
] as const;
const everyType = encodeBatch(
  batchOf(...EVERY_TYPE.map(([type, values]) => [values, type] as const)),
);

/** What a call ends with: an answer, or a failure as text. No stream makes it trap. */
type Ending = Uint8Array | string;

function endingWith(name: string, input: Uint8Array, options: CoreOptions): Ending {
  const called = name.includes("_echo_") ? echo : guest;
  const { status, payload } = called.call(name, input, options);
  return status === 0 ? payload : `${status}: ${Buffer.from(payload).toString()}`;
}

/**
 * How the call ends, which must not depend on memory behind the input or on memory that was never
 * written: neither is what the bytes say.
 */
function ending(name: string, input: Uint8Array): Ending {
  const end = endingWith(name, input, { filler: 0x00, host: nothing });
  const other = endingWith(name, input, { filler: 0xff, host: nothing });
  expect(String(other)).toBe(String(end));
  return end;
}

/** Replaces bytes of a stream, mostly by those that mean something. */
const mutation = (stream: Uint8Array) => {
  const byte = fc.oneof(fc.constantFrom(0, 1, 2, 4, 8, 0x7f, 0x80, 0xff), fc.nat({ max: 255 }));
  const place = fc.nat({ max: stream.length - 1 });
  return fc.array(fc.tuple(place, byte), { minLength: 1, maxLength: 4 }).map((edits) => {
    const changed = stream.slice();
    for (const [at, value] of edits) changed[at] = value;
    return changed;
  });
};

/** The stream with one byte changed, in every place; some nearly right, the others far off. */
function* everyEdit(stream: Uint8Array): Generator<Uint8Array> {
  for (const [at, byte] of stream.entries()) {
    const changed = stream.slice();
    changed[at] = [byte - 1, byte + 1, byte ^ 0xff][at % 3] ?? 0;
    yield changed;
  }
}

const ourReading = (input: Uint8Array, types: readonly DataType[]) => {
  try {
    const batch = decodeBatch(input);
    const same = batch?.schema.fields.map(({ type }) => String(type)).join();
    return batch !== undefined && same === types.map(String).join() ? valuesOf(batch) : undefined;
  } catch (error) {
    if (error instanceof IpcError) return error;
    throw error;
  }
};

describe("a stream that was changed", () => {
  // Of no consequence for what the kit reads: names that are no text or not distinct, buffers that
  // overlap or are longer, what lies under a null, and fields of flatbuffers that it has no use for.
  // Whether an instant is one is the plugin's to say.
  const lenient: readonly string[] = [
    "buffer-length",
    "buffer-order",
    "field-name",
    "flatbuffer-alignment",
    "flatbuffer-bounds",
    "flatbuffer-required",
    "flatbuffer-sharing",
    "flatbuffer-text",
    "instant-range",
    "one-version",
    "text-boundary",
    "text-utf8",
  ];

  it.each([
    [LEVENSHTEIN, valid, [utf8, utf8]],
    [CLAMP, doubles, [float64, float64, float64]],
    [ECHO, everyType, EVERY_TYPE.map(([type]) => type)],
  ] as const)("makes %s fail, or is answered for what it says", (name, stream, types) => {
    let answers = 0;
    const check = (input: Uint8Array) => {
      const end = ending(name, input);
      const read = ourReading(input, types);
      if (typeof end === "string") {
        // Bounds that clamp refuses are no fault of the stream.
        if (!end.startsWith("22: ")) expect(read).not.toBeInstanceOf(Array);
        return;
      }
      answers++;
      if (read instanceof IpcError) {
        expect(lenient).toContain(read.rule);
        // What is echoed may be an instant that our decoder refuses of the answer too.
        if (name !== ECHO) columnsOf(end);
      } else {
        const answer = columnsOf(end);
        // Written anew from what our decoder read, it is answered the same.
        expect(read).toBeInstanceOf(Array);
        const columns = (read ?? []).map((values, i) => [values, types[i]] as const);
        const again = endingWith(name, encodeBatch(batchOf(...columns)), { host: nothing });
        expect(answer).toEqual(columnsOf(again as Uint8Array));
      }
    };
    for (const input of everyEdit(stream)) check(input);
    fc.assert(fc.property(mutation(stream), check), { numRuns: 400 });
    expect(answers).toBeGreaterThan(10);
  });
});

describe("a buffer that is too short for its rows", () => {
  // Buffers are pairs of an offset and a length, each of 64 bits.
  const shortened = (stream: Uint8Array, offset: bigint, length: bigint, less: bigint) => {
    const changed = stream.slice();
    const view = new DataView(changed.buffer);
    for (let at = 0; at + 16 <= changed.length; at += 4) {
      const found = view.getBigUint64(at, true) === offset;
      if (!found || view.getBigUint64(at + 8, true) !== length) continue;
      view.setBigUint64(at + 8, less, true);
      return changed;
    }
    throw new Error("the stream has no such buffer");
  };

  it.each([
    ["values", CLAMP, shortened(doubles, 8n, 24n, 23n)],
    ["offsets", LEVENSHTEIN, shortened(valid, 8n, 20n, 19n)],
    ["validity", LEVENSHTEIN, shortened(valid, 0n, 1n, 0n)],
  ])("is refused: %s", (_what, name, input) => {
    expect(ending(name, input)).toMatch(/^1: .*shorter/);
  });
});

describe("a stream that was cut off", () => {
  it("is refused at every length", () => {
    for (let size = 0; size < valid.length; size++) {
      expect(ending(LEVENSHTEIN, valid.slice(0, size))).toMatch(/^1: /);
    }
  });

  it("is refused with bytes behind it", () => {
    const longer = new Uint8Array([...valid, 0]);
    expect(ending(LEVENSHTEIN, longer)).toBe("1: bytes follow the end of the Arrow stream");
  });
});

describe("arguments that were not registered", () => {
  it.each([
    ["too few columns", batchOf([["a"], utf8])],
    ["more columns", batchOf([["a"], utf8], [["b"], utf8], [["c"], utf8])],
    ["not of the type", batchOf([["a"], utf8], [[1], float64])],
  ])("are refused: %s", (message, batch) => {
    const failure = guest.failure(LEVENSHTEIN, encodeBatch(batch));
    expect(failure.code).toBe(1);
    expect(failure.message).toContain(message);
  });

  it("are refused where there are none", () => {
    expect(guest.failure(LEVENSHTEIN).code).toBe(1);
    expect(guest.failure("agg_ai_example_fuzzy_longest_update").code).toBe(1);
  });
});

describe("an envelope", () => {
  it("is refused where its state is longer than it", () => {
    for (const size of [1, 0x7fff_ffff, 0xffff_ffff]) {
      const input = new Uint8Array(4);
      new DataView(input.buffer).setUint32(0, size, true);
      expect(guest.failure("agg_ai_example_fuzzy_longest_update", input)).toEqual({
        code: 1,
        message: "the envelope is shorter than its state",
      });
    }
  });
});

describe("memory", () => {
  it("that cannot be had traps", () => {
    const { exports } = new WebAssembly.Instance(guest.module);
    const alloc = exports.alloc as (size: number) => number;
    expect(() => alloc(-1)).toThrow(WebAssembly.RuntimeError);
    expect(() => alloc(-65_536)).toThrow(WebAssembly.RuntimeError);
    expect(alloc(100_000) % 16).toBe(0);
  });

  it("is given in blocks that do not overlap", () => {
    const { exports } = new WebAssembly.Instance(guest.module);
    const alloc = exports.alloc as (size: number) => number;
    const memory = exports.memory as WebAssembly.Memory;
    let end = 0;
    for (const size of [0, 1, 15, 16, 17, 70_000, 1_000_000, 3]) {
      const at = alloc(size);
      expect(at).toBeGreaterThanOrEqual(end);
      end = at + size;
      expect(end).toBeLessThanOrEqual(memory.buffer.byteLength);
    }
    (exports.dealloc as (at: number, size: number) => void)(end - 3, 3);
  });
});
