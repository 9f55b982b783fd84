import { toArrowType } from "@uni/plugin";
import { type DataType, Int8, RecordBatch, vectorFromArray } from "apache-arrow";
import { describe, expect, it } from "vitest";
import { createTable, queryBatches } from "../src/index.ts";
import { connect, openInstance, rowsOf } from "./database.ts";
import { primitive } from "./host-plugin.ts";

const ALL = `SELECT i::INTEGER AS a, i AS b, (i / 3.0)::FLOAT AS c, CASE WHEN i % 3 = 0 THEN i * 1.5::DOUBLE END AS d, i % 2 = 0 AS e,
  repeat('aéш🙂', (i % 7)::INTEGER) AS f, encode('b' || i) AS g, DATE '2020-01-01' + i::INTEGER AS h,
  (TIMESTAMP '2020-01-01' + INTERVAL (i) SECOND)::TIMESTAMP_MS AS i, [i, NULL]::FLOAT[2] AS j FROM range(5000) r(i)`;

async function collect<T>(items: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const item of items) all.push(item);
  return all;
}

function batchOf(name: string, values: readonly number[], type: DataType): RecordBatch {
  const [column] = vectorFromArray(values, type).data;
  if (column === undefined) throw new Error("a vector without data");
  return new RecordBatch({ [name]: column });
}

describe("queryBatches and createTable", () => {
  it("bring every wire type out and in again", async () => {
    const instance = await openInstance();
    const [from, to] = [await connect(instance), await connect(instance)];
    await createTable(to, 'a "quoted" name', queryBatches(from, ALL));
    const back = `SELECT count(*) FROM ((${ALL}) EXCEPT (FROM "a ""quoted"" name"))`;
    expect(await rowsOf(to, back)).toEqual([["0"]]);
    expect(
      await rowsOf(to, `SELECT count(*), count(d), count(j) FROM "a ""quoted"" name"`),
    ).toEqual([["5000", "1667", "5000"]]);
  });

  it("give the columns of a query without rows", async () => {
    const connection = await connect(await openInstance());
    const batches = await collect(
      queryBatches(connection, "SELECT 1 AS one, 'x' AS x WHERE false"),
    );
    expect(batches.map(({ numRows, schema }) => [numRows, ...schema.fields.map(String)])).toEqual([
      [0, "one: Int32", "x: Utf8"],
    ]);
    await createTable(connection, "empty", batches);
    expect(await rowsOf(connection, "SELECT count(*), count(x) FROM empty")).toEqual([["0", "0"]]);
  });

  it("refuse types that plugins do not have, by name", async () => {
    const connection = await connect(await openInstance());
    await expect(
      collect(queryBatches(connection, "SELECT 1 AS one, 2::TINYINT AS tiny")),
    ).rejects.toThrow(
      "the column tiny is of TINYINT, which is no type of the wire contract; cast it",
    );
    const tiny = batchOf("tiny", [1], new Int8());
    await expect(createTable(connection, "t", [tiny])).rejects.toThrow(
      "the column tiny is of Int8",
    );
    await expect(createTable(connection, "t", [])).rejects.toThrow("no batch came for the table t");
  });

  it("leave no table where a later batch is not like the first, or the source fails", async () => {
    const connection = await connect(await openInstance());
    const batch = (arrow: "int32" | "float64", rows: number) => {
      const values = Array.from({ length: rows }, (_, i) => i);
      return batchOf("x", values, toArrowType(primitive(arrow)));
    };
    const tables = "SELECT count(*) FROM duckdb_tables() WHERE table_name = 't'";
    await expect(
      createTable(connection, "t", [batch("int32", 3000), batch("float64", 1)]),
    ).rejects.toThrow("expected a column of 1 values of Int32 in one piece, got 1 of Float64");
    expect(await rowsOf(connection, tables)).toEqual([["0"]]);
    const failing = async function* () {
      yield batch("int32", 3000);
      throw new Error("the file ends here");
    };
    await expect(createTable(connection, "t", failing())).rejects.toThrow("the file ends here");
    expect(await rowsOf(connection, tables)).toEqual([["0"]]);
    await createTable(connection, "t", [batch("int32", 3000)]);
    expect(await rowsOf(connection, "SELECT count(*) FROM t")).toEqual([["3000"]]);
  });
});
