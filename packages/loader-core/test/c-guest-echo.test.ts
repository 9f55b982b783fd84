import { batchOf } from "@uni/loader-tests";
import { decodeBatch, encodeBatch } from "@uni/wasm-rt";
import {
  Binary,
  Bool,
  type DataType,
  DateDay,
  DateMillisecond,
  Dictionary,
  Float16,
  Float32,
  Float64,
  Int16,
  Int32,
  Int64,
  LargeBinary,
  LargeUtf8,
  Timestamp,
  TimestampMillisecond,
  TimestampSecond,
  TimeUnit,
  Uint32,
  Uint64,
  Utf8,
} from "apache-arrow";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { columnsOf, guestBytes, RawCore, valuesOf } from "./raw-core.ts";

const guest = new RawCore(guestBytes("echo"));
const nothing = { uni_host_log: () => undefined, uni_traceparent: () => undefined };

const instant = fc.integer({ min: -8_640_000_000_000, max: 8_640_000_000_000 });
const bytes = fc.uint8Array({ maxLength: 12 });
const TYPES = [
  [new Int32(), fc.integer()],
  [new Int64(), fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n })],
  [new Float32(), fc.float()],
  [new Float64(), fc.double()],
  [new Bool(), fc.boolean()],
  [new Utf8(), fc.string({ unit: "binary", maxLength: 12 })],
  [new Binary(), bytes],
  [new LargeBinary(), bytes],
  [new DateMillisecond(), instant],
  [new TimestampMillisecond(), instant],
] as const;

const columns = fc.integer({ min: 0, max: 70 }).chain((rows) => {
  const arrays = TYPES.map(([, value]) =>
    fc.array(fc.option(value as fc.Arbitrary<unknown>), { minLength: rows, maxLength: rows }),
  );
  return fc.tuple(...arrays);
});

describe("a procedure of every type", () => {
  it("gives back every value, null and row", () => {
    const property = fc.property(columns, (values) => {
      const batch = batchOf(...values.map((column, i) => [column, TYPES[i]?.[0]] as const));
      const answer = guest.answer("proc_ai_example_echo_columns_invoke", encodeBatch(batch), {
        host: nothing,
      });
      expect(columnsOf(answer)).toEqual(valuesOf(batch));
    });
    fc.assert(property, { numRuns: 150 });
  });

  it("gives back a slice, whose buffers began in the middle of a batch", () => {
    const values = TYPES.map(([, value]) => fc.sample(value as fc.Arbitrary<unknown>, 100));
    const whole = batchOf(...values.map((column, i) => [column, TYPES[i]?.[0]] as const));
    for (const [from, to] of [
      [3, 50],
      [9, 9],
      [64, 100],
    ] as const) {
      const slice = whole.slice(from, to);
      const answer = guest.answer("proc_ai_example_echo_columns_invoke", encodeBatch(slice), {
        host: nothing,
      });
      expect(columnsOf(answer)).toEqual(valuesOf(slice));
    }
  });

  it("names its columns as the contract does", () => {
    const batch = batchOf(...TYPES.map(([type]) => [[null], type] as const));
    const answer = guest.answer("proc_ai_example_echo_columns_invoke", encodeBatch(batch), {
      host: nothing,
    });
    expect(decodeBatch(answer)?.schema.fields.map(String)).toEqual(
      TYPES.map(([type], i) => `yield${i}: ${type}`),
    );
  });

  it.each(TYPES.map(([type], i) => [String(type), i] as const))(
    "refuses another type where %s belongs",
    (_type, at) => {
      const types = TYPES.map(([type], i) =>
        i === at ? (TYPES[(i + 1) % 10]?.[0] ?? type) : type,
      );
      const batch = batchOf(...types.map((type) => [[null], type] as const));
      const { status } = guest.call("proc_ai_example_echo_columns_invoke", encodeBatch(batch), {
        host: nothing,
      });
      expect(status).toBe(1);
    },
  );
});

describe("a type that is nearly right", () => {
  const zoned = new Timestamp(TimeUnit.MILLISECOND, "UTC");
  const cases: readonly (readonly [wanted: number, type: DataType])[] = [
    [0, new Int16()],
    [0, new Uint32()],
    [0, new Int64()],
    [1, new Uint64()],
    [2, new Float16()],
    [3, new Float32()],
    [5, new LargeUtf8()],
    [5, new Dictionary(new Utf8(), new Int32())],
    [5, new Binary()],
    [6, new LargeBinary()],
    [8, new DateDay()],
    [8, new TimestampMillisecond()],
    [9, new TimestampSecond()],
    [9, zoned],
  ];

  it.each(cases.map(([at, type]) => [String(type), String(TYPES[at]?.[0]), at, type] as const))(
    "is refused: %s for %s",
    (_given, _wanted, at, type) => {
      const columns = TYPES.map(([right], i) => [[null], i === at ? type : right] as const);
      const { status, payload } = guest.call(
        "proc_ai_example_echo_columns_invoke",
        encodeBatch(batchOf(...columns)),
        { host: nothing },
      );
      expect(status).toBe(1);
      expect(Buffer.from(payload).toString()).toMatch(/not of the type|no record batch/);
    },
  );
});

describe("functions of the host", () => {
  const call = (values: readonly (string | null)[], parent: string | undefined) => {
    const logged: unknown[] = [];
    const answer = guest.answer(
      "invoke_ai_example_echo_traced",
      encodeBatch(batchOf([values, new Utf8()])),
      {
        host: {
          uni_host_log: (bytes) => {
            logged.push(JSON.parse(new TextDecoder().decode(bytes)));
            return undefined;
          },
          uni_traceparent: () => (parent === undefined ? undefined : Buffer.from(parent)),
        },
      },
    );
    return { logged, values: columnsOf(answer)[0] };
  };

  it("are imported where they are used, and no others", () => {
    const imports = WebAssembly.Module.imports(guest.module);
    expect(imports.map(({ module, name }) => `${module} ${name}`).sort()).toEqual([
      "uni:plugin uni_host_log",
      "uni:plugin uni_traceparent",
    ]);
  });

  it("log any text as JSON", () => {
    const texts = ["plain", 'say "no"', "back\\slash", "line\nfeed\u0000\u001f\u007f", "😀é", ""];
    const messages = texts.map((message) => ({ level: "info", message }));
    expect(call([...texts, null], undefined).logged).toEqual(messages);
    const property = fc.property(fc.string({ unit: "binary" }), (message) => {
      expect(call([message], undefined).logged).toEqual([{ level: "info", message }]);
    });
    fc.assert(property);
  });

  it("give bytes that are the guest's from then on, or nothing", () => {
    const parent = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
    expect(call(["a", null], parent).values).toEqual([parent, parent]);
    expect(call(["a"], undefined).values).toEqual([null]);
  });
});
