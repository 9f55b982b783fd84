import { toArrowType, type ValueType } from "@uni/plugin";
import { Data, Float64, Vector, vectorFromArray } from "apache-arrow";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { attachedTo, type Fixture } from "./database.ts";
import { firstColumn, plugin, primitive, scalar } from "./host-plugin.ts";

interface TypeCase {
  readonly type: ValueType;
  readonly sql: string;
  /** A value by the number of its row, in SQL. */
  readonly value: string;
}

const vector = (element: Parameters<typeof primitive>[0], len: number): ValueType => ({
  kind: "vector",
  len,
  element,
});

const CASES: Readonly<Record<string, TypeCase>> = {
  int32: {
    type: primitive("int32"),
    sql: "INTEGER",
    value: "(hash(i)::HUGEINT % 4294967296 - 2147483648)::INTEGER",
  },
  int64: {
    type: primitive("int64"),
    sql: "BIGINT",
    value: "(hash(i)::HUGEINT - 9223372036854775808)::BIGINT",
  },
  float32: { type: primitive("float32"), sql: "FLOAT", value: "(i / 7.0)::FLOAT" },
  float64: {
    type: primitive("float64"),
    sql: "DOUBLE",
    value:
      "CASE i % 50 WHEN 0 THEN 'nan' WHEN 1 THEN 'inf' WHEN 2 THEN '-0.0' ELSE sin(i) END::DOUBLE",
  },
  boolean: { type: primitive("boolean"), sql: "BOOLEAN", value: "hash(i) % 2 = 0" },
  // Below, at and above the 12 bytes that DuckDB keeps in place; with characters of one to four bytes.
  utf8: {
    type: primitive("utf8"),
    sql: "VARCHAR",
    value: "repeat('aéш€🙂'[1 + i % 5], (i % 40)::INTEGER)",
  },
  binary: {
    type: primitive("binary"),
    sql: "BLOB",
    value: "unhex(repeat('00ff7f', (i % 9)::INTEGER))",
  },
  largebinary: {
    type: primitive("largebinary"),
    sql: "BLOB",
    value: "encode(repeat('xyz', (i % 9)::INTEGER))",
  },
  date64: {
    type: primitive("date64"),
    sql: "DATE",
    value:
      "CASE i % 50 WHEN 0 THEN 'infinity' WHEN 1 THEN '0001-01-01' WHEN 2 THEN '9999-12-31' WHEN 3 THEN '1969-12-31' ELSE DATE '1900-01-01' + i::INTEGER END::DATE",
  },
  timestamp_ms: {
    type: primitive("timestamp_ms"),
    sql: "TIMESTAMP_MS",
    value:
      "CASE i % 50 WHEN 0 THEN '1969-12-31 23:59:59.999' ELSE TIMESTAMP '1950-01-01' + INTERVAL (i * 123457) MILLISECOND END::TIMESTAMP_MS",
  },
  cypher_value: { type: { kind: "cypher_value" }, sql: "BLOB", value: "encode('value ' || i)" },
  "vector of float32": {
    type: vector("float32", 3),
    sql: "FLOAT[3]",
    value: "[i, NULL, i / 3.0]",
  },
  "vector of boolean": {
    type: vector("boolean", 5),
    sql: "BOOLEAN[5]",
    value: "[i % 2 = 0, true, NULL, i % 3 = 0, false]",
  },
  "vector of utf8": {
    type: vector("utf8", 2),
    sql: "VARCHAR[2]",
    value: "['longer than twelve bytes ' || i, NULL]",
  },
  "vector of date64": {
    type: vector("date64", 2),
    sql: "DATE[2]",
    value: "[DATE '2000-01-01' + i::INTEGER, NULL]",
  },
};

/** The rows whose value is not what the function gives, which gives back what it gets. */
async function changed({ rows }: Fixture, { sql, value }: TypeCase, nulls: string, count = 5000) {
  return rows(`
    WITH t AS (SELECT i, (CASE WHEN ${nulls} THEN NULL ELSE (${value}) END)::${sql} AS x FROM range(${count}) r(i))
    SELECT count(*), count(x), count(ai_example_echo_same(x)),
      count(*) FILTER (x IS DISTINCT FROM ai_example_echo_same(x)) FROM t`);
}

function echo(type: ValueType) {
  return plugin("ai.example.echo", {
    scalars: [scalar("ai.example.echo.same", [type], type, firstColumn)],
  });
}

describe.each(Object.entries(CASES))("%s", (_name, each) => {
  it.each([
    ["some nulls", "i % 3 = 1", 3333],
    ["no nulls", "false", 5000],
    ["nothing but nulls", "true", 0],
  ])("crosses both ways with %s", async (_what, nulls, present) => {
    const database = await attachedTo([echo(each.type)]);
    expect(await changed(database, each, nulls)).toEqual([
      ["5000", `${present}`, `${present}`, "0"],
    ]);
  });

  it("crosses wherever its nulls are", async () => {
    const database = await attachedTo([echo(each.type)]);
    const cases = fc.asyncProperty(
      fc.integer({ min: 1, max: 17 }),
      fc.integer({ min: 0, max: 16 }),
      fc.integer({ min: 1, max: 300 }),
      async (every, from, count) => {
        const [[total, , , wrong] = []] = await changed(
          database,
          each,
          `i % ${every} = ${from}`,
          count,
        );
        expect([total, wrong]).toEqual([`${count}`, "0"]);
      },
    );
    await fc.assert(cases, { numRuns: 10 });
  });
});

describe("what is under nulls", () => {
  it("does not reach a function", async () => {
    const seen: unknown[] = [];
    const peek = scalar(
      "ai.example.echo.same",
      [primitive("float64")],
      primitive("float64"),
      (batch) => {
        seen.push(...firstColumn(batch).data.flatMap(({ values }) => [...values]));
        return firstColumn(batch);
      },
    );
    const { rows } = await attachedTo([plugin("ai.example.echo", { scalars: [peek] })]);
    // A filter and a join leave the values of other rows in the buffers.
    await rows(`
      CREATE TABLE t AS SELECT CASE WHEN i % 2 = 0 THEN 12345.678 END AS x, i FROM range(4000) r(i);
      SELECT count(ai_example_echo_same(CASE WHEN i % 3 = 0 THEN x END)) FROM t WHERE i % 5 < 4`);
    expect(seen.length).toBeGreaterThan(2000);
    expect([...new Set(seen)].sort()).toEqual([0, 12345.678]);
  });
});

describe("the elements of a null vector", () => {
  it("are null for DuckDB, and reach no function", async () => {
    const pair = vector("float64", 2);
    const [elements] = vectorFromArray([1, 2, 3, 4], new Float64()).data;
    const type = toArrowType(pair);
    const half = scalar("ai.a.half", [primitive("float64")], pair, ({ numRows }) => {
      expect(numRows).toBe(2);
      // The second row is null, and its elements are not.
      const buffers = [undefined, undefined, Uint8Array.of(1)] as unknown as Data["buffers"];
      return new Vector([new Data(type, 0, 2, 1, buffers, elements && [elements])]);
    });
    const seen: unknown[] = [];
    const peek = scalar("ai.a.peek", [pair], pair, (batch) => {
      const child = firstColumn(batch).data[0]?.children[0];
      seen.push([...(child?.values ?? [])], child?.nullCount);
      return firstColumn(batch);
    });
    const { rows } = await attachedTo([plugin("ai.a", { scalars: [half, peek] })]);
    expect(await rows("SELECT ai_a_peek(ai_a_half(i)) FROM range(2) r(i)")).toEqual([
      [[1, 2]],
      [null],
    ]);
    expect(seen).toEqual([[1, 2, 0, 0], 2]);
  });
});

describe("a host's own function that breaks its word", () => {
  const bad = async (
    body: (batch: Parameters<typeof firstColumn>[0]) => ReturnType<typeof firstColumn>,
  ) => {
    const wrong = scalar(
      "ai.example.echo.same",
      [primitive("float64")],
      primitive("float64"),
      body,
    );
    const { failure, rows } = await attachedTo([plugin("ai.example.echo", { scalars: [wrong] })]);
    const message = await failure("SELECT ai_example_echo_same(i) FROM range(10) r(i)");
    expect(await rows("SELECT 1")).toEqual([[1]]);
    return message;
  };

  it("is refused where its column is too short", async () => {
    expect(await bad((batch) => firstColumn(batch).slice(0, 3))).toContain(
      "ai.example.echo.same of plugin ai.example.echo 1.0.0 failed with ARGUMENTS_INVALID: expected a column of 10 values of Float64 in one piece, got 3 of Float64",
    );
  });

  it("is refused where its column has another type", async () => {
    const { vectorFromArray, Int32 } = await import("apache-arrow");
    const integers = () =>
      vectorFromArray(
        Array.from({ length: 10 }, (_, i) => i),
        new Int32(),
      );
    expect(await bad(integers)).toContain("got 10 of Int32");
  });

  it("is refused where a date is not a whole day", async () => {
    const { makeData, DateMillisecond, Vector } = await import("apache-arrow");
    const type = primitive("date64");
    const noon = scalar("ai.example.echo.same", [type], type, ({ numRows }) => {
      const data = BigInt64Array.from({ length: numRows }, () => 43_200_000n);
      return new Vector([makeData({ type: new DateMillisecond(), length: numRows, data })]);
    });
    const { failure } = await attachedTo([plugin("ai.example.echo", { scalars: [noon] })]);
    expect(await failure("SELECT ai_example_echo_same(DATE '2020-01-01')")).toContain(
      "row 0 has the date 43200000 ms, expected whole days",
    );
  });
});
