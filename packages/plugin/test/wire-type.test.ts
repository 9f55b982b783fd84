import {
  Binary,
  Bool,
  type DataType,
  DateMillisecond,
  Field,
  FixedSizeList,
  Float32,
  Float64,
  Int32,
  Int64,
  LargeBinary,
  TimestampMillisecond,
  Utf8,
  util,
} from "apache-arrow";
import { describe, expect, test } from "vitest";
import {
  type PrimitiveName,
  parseRegistration,
  toArrowType,
  type ValueType,
} from "../src/index.ts";

const PRIMITIVES: readonly (readonly [PrimitiveName, DataType])[] = [
  ["int32", new Int32()],
  ["int64", new Int64()],
  ["float32", new Float32()],
  ["float64", new Float64()],
  ["boolean", new Bool()],
  ["utf8", new Utf8()],
  ["binary", new Binary()],
  ["largebinary", new LargeBinary()],
  ["date64", new DateMillisecond()],
  ["timestamp_ms", new TimestampMillisecond()],
];

/** Sends a type the way it comes: as the result of a function in a registration. */
function parsed(type: ValueType): ValueType | undefined {
  const signature = { args: [], returns: type };
  const entries = [{ kind: "scalar", qname: "ai.example.geo.f", signature }];
  const [entry] = parseRegistration(JSON.stringify({ entries })).entries;
  return entry?.kind === "scalar" ? entry.signature.returns : undefined;
}

function expectSameType(actual: DataType, expected: DataType): void {
  expect(String(actual)).toBe(String(expected));
  expect(util.compareTypes(actual, expected)).toBe(true);
}

describe("toArrowType", () => {
  test.each(PRIMITIVES)("gives the Arrow type of %s", (arrow, expected) => {
    expectSameType(toArrowType({ kind: "primitive", arrow }), expected);
  });

  test("gives types of its own class for every primitive", () => {
    const types = PRIMITIVES.map(([arrow]) => String(toArrowType({ kind: "primitive", arrow })));
    expect(new Set(types).size).toBe(PRIMITIVES.length);
  });

  test("gives a timestamp without a time zone", () => {
    const type = toArrowType({ kind: "primitive", arrow: "timestamp_ms" });
    expect((type as TimestampMillisecond).timezone ?? null).toBeNull();
  });

  test("gives an opaque value as LargeBinary", () => {
    expectSameType(toArrowType({ kind: "cypher_value" }), new LargeBinary());
  });

  test.each(PRIMITIVES)("gives a vector of %s as a list of nullable items", (element, item) => {
    const type = toArrowType({ kind: "vector", len: 3, element });
    expectSameType(type, new FixedSizeList(3, new Field("item", item, true)));
    const [child] = type.children;
    expect((type as FixedSizeList).listSize).toBe(3);
    expect(child).toMatchObject({ name: "item", nullable: true });
    expectSameType(child?.type as DataType, item);
  });

  test("takes the length of a vector up to the largest i32", () => {
    const type = toArrowType({ kind: "vector", len: 2 ** 31 - 1, element: "float32" });
    expect((type as FixedSizeList).listSize).toBe(2147483647);
  });
});

describe("a type in a registration", () => {
  const types: ValueType[] = [
    ...PRIMITIVES.map(([arrow]) => ({ kind: "primitive", arrow }) as const),
    ...PRIMITIVES.map(([element]) => ({ kind: "vector", len: 1, element }) as const),
    { kind: "vector", len: 2 ** 31 - 1, element: "float32" },
    { kind: "cypher_value" },
  ];

  test.each(types)("is taken as it is: %j", (type) => {
    expect(parsed(type)).toStrictEqual(type);
  });
});
