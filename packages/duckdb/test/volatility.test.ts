import type { NullHandling, Volatility } from "@uni/plugin";
import { Float64, vectorFromArray } from "apache-arrow";
import { describe, expect, it } from "vitest";
import { attachedTo } from "./database.ts";
import { plugin, primitive, scalar } from "./host-plugin.ts";

const double = primitive("float64");

/** A function that says how many rows it was called with so far. */
function counting(volatility: Volatility) {
  let rows = 0;
  const count = scalar(
    "ai.a.f",
    [double],
    double,
    ({ numRows }) =>
      vectorFromArray(
        Array.from({ length: numRows }, () => ++rows),
        new Float64(),
      ),
    { volatility },
  );
  return plugin("ai.a", { scalars: [count] });
}

describe("volatility", () => {
  it.each([
    ["immutable", 1],
    ["stable", 2000],
    ["volatile", 2000],
  ] as const)(
    "%s: of a constant in 1000 rows, twice, it is called for %i rows",
    async (volatility, calls) => {
      const { connection } = await attachedTo([counting(volatility)]);
      const prepared = await connection.prepare("SELECT max(ai_a_f(1)) FROM range(1000)");
      await prepared.runAndReadAll();
      const [[last] = []] = (await prepared.runAndReadAll()).getRowsJson();
      expect(last).toBe(calls);
    },
  );
});

describe("null handling", () => {
  it.each<[NullHandling]>([["propagate"], ["user_handled"]])(
    "%s is the function's: SQL passes nulls on",
    async (nullHandling) => {
      const zero = scalar(
        "ai.a.f",
        [double],
        double,
        (batch) => {
          const values = Array.from(batch.getChildAt(0) ?? [], (value) => value ?? 0);
          return vectorFromArray(values, new Float64());
        },
        { nullHandling },
      );
      const { rows } = await attachedTo([plugin("ai.a", { scalars: [zero] })]);
      expect(await rows("SELECT ai_a_f(NULL)")).toEqual([[0]]);
      expect(
        await rows("SELECT sum(ai_a_f(CASE WHEN i % 2 = 0 THEN i END)) FROM range(10) r(i)"),
      ).toEqual([[20]]);
    },
  );
});
