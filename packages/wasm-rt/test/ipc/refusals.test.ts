import {
  Dictionary,
  Field,
  Int32,
  List,
  makeData,
  RecordBatchFileWriter,
  Schema,
  Table,
  tableToIPC,
  Utf8,
  Vector,
  vectorFromArray,
} from "apache-arrow";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  DEFAULT_IPC_LIMITS,
  decodeBatch,
  decodeBatches,
  encodeBatch,
  encodeBatches,
  IpcError,
  type IpcLimits,
} from "../../src/index.ts";
import { batchOf } from "./batches.ts";
import { KINDS } from "./columns.ts";

/** One column of every kind, so that every part of the format is in the bytes. */
function everything() {
  const columns = Object.entries(KINDS).map(([name, { value, build }]) => {
    const values = fc.sample(value, { numRuns: 3, seed: 11 });
    return [name, build(values)] as const;
  });
  return batchOf(Object.fromEntries(columns));
}

function refusal(bytes: unknown, limits?: Partial<IpcLimits>): IpcError {
  try {
    decodeBatches(bytes as Uint8Array, limits);
  } catch (error) {
    if (error instanceof IpcError) return error;
    throw error;
  }
  throw new Error("decodeBatches accepted it");
}

describe("decodeBatches refuses", () => {
  it("a stream of every type that is cut off at any offset, and takes the whole", () => {
    const whole = encodeBatch(everything());
    expect(decodeBatch(whole)?.numRows).toBe(3);
    for (let end = 1; end < whole.length; end++) {
      const { code } = refusal(whole.subarray(0, end));
      if (code !== "IPC_MALFORMED") throw new Error(`cut at ${end}: ${code}`);
    }
  });

  it("bytes behind the end of the stream, with their number", () => {
    const bytes = encodeBatch(batchOf({}));
    const error = refusal(Uint8Array.of(...bytes, 0, 0, 0));
    expect(error.code).toBe("IPC_MALFORMED");
    expect(error.message).toContain("3 bytes follow the end-of-stream marker");
    expect(refusal(Uint8Array.of(...bytes, ...bytes)).code).toBe("IPC_MALFORMED");
  });

  it("garbage of any length", () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 1, maxLength: 200 }), (garbage) => {
        expect(refusal(garbage).code).toBe("IPC_MALFORMED");
      }),
    );
  });

  it("no bytes at all", () => {
    expect(refusal(new Uint8Array()).code).toBe("IPC_EMPTY_INPUT");
  });

  const stream = encodeBatch(batchOf({}));
  for (const [what, input] of Object.entries({
    "an ArrayBuffer": stream.buffer,
    "an array of numbers": [...stream],
    "a string": "ARROW1",
    "an object that looks like JSON of Arrow": { schema: {}, batches: [] },
    undefined: undefined,
    "an Int8Array": new Int8Array(stream),
  })) {
    it(`${what} in place of a Uint8Array`, () => {
      expect(refusal(input)).toMatchObject({
        code: "IPC_MALFORMED",
        message: expect.stringContaining("expected a Uint8Array"),
      });
    });
  }

  it("the file format, by name", () => {
    const file = RecordBatchFileWriter.writeAll([everything()]).toUint8Array(true);
    expect(refusal(file)).toMatchObject({
      code: "IPC_UNSUPPORTED",
      message: expect.stringContaining("ARROW1"),
    });
  });

  it("a type that apache-arrow cannot represent, by name", () => {
    const schema = new Schema([
      new Field("v", new List(new Field("item", new Utf8(), true)), true),
    ]);
    const bytes = tableToIPC(new Table(schema), "stream");
    // Schema.fbs: `union Type` numbers List 12 and ListView 25, and both tables are empty. Which
    // byte is the union's tag depends on the layout, so every byte that is 12 is tried.
    const codes = [...bytes.keys()]
      .filter((at) => bytes[at] === 12)
      .map((at) => {
        const patched = bytes.slice();
        patched[at] = 25;
        try {
          decodeBatches(patched);
        } catch (error) {
          return error instanceof IpcError ? `${error.code}: ${error.message}` : String(error);
        }
        return "accepted";
      });
    expect(codes).toContainEqual(
      expect.stringMatching(/^IPC_UNSUPPORTED: .*cannot represent.*ListView/),
    );
  });

  it("a batch without a schema before it", () => {
    const one = encodeBatch(batchOf({}));
    const schemaBytes = 8 + new DataView(one.buffer, one.byteOffset).getInt32(4, true);
    expect(refusal(one.subarray(schemaBytes)).message).toContain("expected a Schema");
  });

  it("a second schema", () => {
    const one = encodeBatch(batchOf({}));
    const schemaBytes = 8 + new DataView(one.buffer, one.byteOffset).getInt32(4, true);
    const twice = Uint8Array.of(...one.subarray(0, schemaBytes), ...one);
    expect(refusal(twice).message).toContain("got Schema");
  });
});

describe("limits", () => {
  const three = () => encodeBatches([everything(), everything()]);
  const cases: [keyof IpcLimits, number][] = [
    ["maxBytes", 100],
    ["maxRows", 5],
    ["maxColumns", 10],
    ["maxFields", Object.keys(KINDS).length],
    ["maxDepth", 2],
    ["maxDictionaryEntries", 1],
    ["maxObjects", 200],
  ];
  for (const [name, value] of cases) {
    it(`refuses what is over ${name}, naming the limit`, () => {
      expect(refusal(three(), { [name]: value })).toMatchObject({
        code: "IPC_LIMIT",
        message: expect.stringContaining(`the limit ${name} of ${value}`),
      });
    });
  }

  it("refuses a dictionary that grows more often than maxDictionaryDeltas", () => {
    const type = new Dictionary(new Utf8(), new Int32(), 3);
    const chunks = ["a", "b", "c"].flatMap((word) => vectorFromArray([word], new Utf8()).data);
    const dictionary = new Vector(chunks);
    const batch = batchOf({ d: makeData({ type, data: Int32Array.of(2, 0), dictionary }) });
    const bytes = encodeBatch(batch);
    expect(decodeBatch(bytes, { maxDictionaryDeltas: 2 })?.numRows).toBe(2);
    expect(refusal(bytes, { maxDictionaryDeltas: 1 })).toMatchObject({
      code: "IPC_LIMIT",
      rule: "maxDictionaryDeltas",
    });
  });

  it("takes a stream that just fits", () => {
    const bytes = three();
    expect(decodeBatches(bytes, { maxBytes: bytes.length, maxRows: 6 })).toHaveLength(2);
  });

  it("has a default for every limit", () => {
    const known = [...cases.map(([name]) => name), "maxDictionaryDeltas"];
    expect(known.sort()).toEqual(Object.keys(DEFAULT_IPC_LIMITS).sort());
  });

  it("refuses an unknown limit and one that is no count", () => {
    expect(() => decodeBatches(three(), { maxRow: 1 } as Partial<IpcLimits>)).toThrow(/maxRow/);
    expect(() => decodeBatches(three(), { maxRows: -1 })).toThrow(/maxRows/);
  });
});
