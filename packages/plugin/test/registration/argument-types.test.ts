import { expect, test } from "vitest";
import { argumentTypes, type ValueType, type WireType } from "../../src/index.ts";

const integer: ValueType = { kind: "primitive", arrow: "int32" };
const text: ValueType = { kind: "primitive", arrow: "utf8" };
const texts: WireType = { kind: "variadic", inner: text };

test.each<[string, readonly WireType[], number, readonly ValueType[]]>([
  ["no argument", [], 0, []],
  ["arguments, each a column", [integer, text], 2, [integer, text]],
  ["fewer columns than arguments", [integer, text], 1, [integer, text]],
  ["a variadic argument without columns", [integer, texts], 1, [integer]],
  ["a variadic argument of several columns", [integer, texts], 4, [integer, text, text, text]],
])("the columns of %s", (_what, args, columns, types) => {
  expect(argumentTypes(args, columns)).toEqual(types);
});
