import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { toArrowType } from "@uni/plugin";
import { RecordBatch, vectorFromArray } from "apache-arrow";
import { describe, expect, it } from "vitest";
import { createTable } from "../src/index.ts";
import { attachedTo, closing } from "./database.ts";
import { firstColumn, plugin, primitive, procedure, scalar } from "./host-plugin.ts";

const text = primitive("utf8");
const echo = plugin("ai.a", { scalars: [scalar("ai.a.same", [text], text, firstColumn)] });

// Lengths around the 12 bytes that DuckDB keeps in place, some far above, some empty, some null.
const STRINGS = `SELECT i, CASE WHEN i % 11 > 0 THEN
    repeat('aé🙂'[1 + i % 3], (hash(i) % CASE i % 500 WHEN 0 THEN 5000 ELSE 20 END)::INTEGER) || i END AS s
  FROM range(50000) r(i)`;

describe("strings", () => {
  // Each keeps strings in memory in its own way: side by side, backwards, with gaps, shared, anywhere.
  it.each([
    ["an expression", () => STRINGS],
    ["a table", () => "FROM strings"],
    ["a table, sorted by them", () => "FROM strings ORDER BY s DESC, i"],
    ["a join", () => "SELECT a.i, b.s FROM strings a JOIN strings b ON a.i = (b.i * 7919) % 50000"],
    ["a table of few", () => "SELECT i, 'one of a few long strings ' || i % 5 AS s FROM strings"],
    ["Parquet", (folder: string) => `FROM '${folder}/plain.parquet'`],
    ["Parquet with a dictionary", (folder: string) => `FROM '${folder}/dictionary.parquet'`],
  ])("are read from %s as they are", async (_what, source) => {
    const folder = mkdtempSync(join(tmpdir(), "uni-duckdb-"));
    closing(() => rmSync(folder, { recursive: true }));
    const { rows, connection } = await attachedTo([echo]);
    await connection.run(`
      CREATE TABLE strings AS ${STRINGS};
      COPY strings TO '${folder}/plain.parquet';
      COPY (SELECT i, 'one of a few long strings ' || i % 50 AS s FROM strings) TO '${folder}/dictionary.parquet';`);
    const sql = `WITH t AS (${source(folder)}) SELECT count(*), count(*) FILTER (ai_a_same(s) IS DISTINCT FROM s) FROM t`;
    expect(await rows(sql)).toEqual([["50000", "0"]]);
  });

  it("are written from the middle of a longer column", async () => {
    const strings = Array.from({ length: 9000 }, (_, i) =>
      i % 7 === 0 ? null : "x".repeat(i % 30) + i,
    );
    const [column] = vectorFromArray(strings, toArrowType(text)).data;
    if (column === undefined) throw new Error("a vector without data");
    const batches = [column, column.slice(4000, 5000)].map(
      (data) => new RecordBatch({ yield0: data }),
    );
    const all = procedure("ai.a.all", { args: [], yields: [text] }, () => batches);
    const { rows, connection } = await attachedTo([plugin("ai.a", { procedures: [all] })]);
    const expected = [...strings, ...strings.slice(4000)].map((s) => [s]);
    expect(await rows("FROM ai_a_all()")).toEqual(expected);
    await createTable(connection, "t", batches);
    expect(await rows("FROM t")).toEqual(expected);
  });
});
