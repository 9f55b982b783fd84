import { type PrimitiveName, toArrowType, type ValueType } from "@uni/plugin";
import { batchOf } from "../../batches/batch-of.ts";
import { ECHO, scalarOf, scenario } from "../../guests/canned.ts";
import { expectEqual } from "../expect.ts";
import type { LoaderCheck } from "../loader-check.ts";

const bytes = (...values: number[]) => Uint8Array.from(values);

/** Values of every type of the wire, of which the second is null. */
const VALUES: readonly (readonly [name: string, type: ValueType, values: readonly unknown[]])[] = [
  ...(
    [
      ["int32", [-(2 ** 31), null, 2 ** 31 - 1]],
      ["int64", [-(2n ** 63n), null, 2n ** 63n - 1n]],
      ["float32", [-0, null, 0.5]],
      ["float64", [-0, null, Number.NaN]],
      ["boolean", [true, null, false]],
      ["utf8", ["", null, "grüße 🌍"]],
      ["binary", [bytes(), null, bytes(0, 255)]],
      ["largebinary", [bytes(), null, bytes(0, 255)]],
      ["date64", [0, null, 86_400_000]],
      ["timestamp_ms", [-1, null, 1_700_000_000_123]],
    ] as const satisfies readonly (readonly [PrimitiveName, readonly unknown[]])[]
  ).map(([arrow, values]) => [arrow, { kind: "primitive", arrow }, values] as const),
  ["cypher_value", { kind: "cypher_value" }, [bytes(1), null, bytes()]],
  ["vector", { kind: "vector", len: 2, element: "float64" }, [[1, 2], null, [3, null]]],
];

/** A column of every type there and back. */
export const COLUMN_TYPES: readonly LoaderCheck[] = VALUES.map(([name, type, values]) => {
  const guest = scenario(`echo-${name}`, `f(x) of ${name} answers x, nulls included`, {
    registration: {
      entries: [scalarOf({ args: [type], returns: type, null_handling: "user_handled" })],
    },
    scalar: ECHO,
  });
  return {
    id: `columns.${name}`,
    title: `a column of ${name} goes in and comes out with its nulls`,
    scenarios: [guest],
    run: async (subject) => {
      const { scalar } = await subject.load(guest);
      const batch = batchOf([values, toArrowType(type)]);
      const expected = [String(toArrowType(type)), plain(batch.getChildAt(0) ?? [])];
      for (const answer of [await scalar.invoke(batch), scalar.invokeSync(batch)]) {
        expectEqual("the answer", [String(answer.type), plain(answer)], expected);
      }
    },
  };
});

/** Values that can be compared, whatever their classes. */
function plain(values: Iterable<unknown>): unknown[] {
  return [...values].map((value) => {
    if (value instanceof Date) return value.getTime();
    const iterable = typeof value === "object" && value !== null && Symbol.iterator in value;
    // What is iterable and an object is a vector, or bytes.
    return iterable ? [...(value as Iterable<unknown>)] : value;
  });
}
