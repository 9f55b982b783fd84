import { readFileSync } from "node:fs";
import { CoreLoader } from "@uni/loader-core";
import { PluginRegistry, toArrowType } from "@uni/plugin";
import { Field, makeData, RecordBatch, Schema, Struct, vectorFromArray } from "apache-arrow";
import { describe, expect, it } from "vitest";
import { attachedTo, closing } from "./database.ts";
import { plugin, primitive, procedure } from "./host-plugin.ts";

const integer = primitive("int32");
const list = { kind: "variadic", inner: integer } as const;

function tableOf(...columns: readonly (readonly number[])[]): RecordBatch {
  const type = toArrowType(integer);
  const schema = new Schema(columns.map((_, i) => new Field(`yield${i}`, type, true)));
  const children = columns.flatMap((values) => vectorFromArray(values, type).data);
  const length = columns[0]?.length ?? 0;
  return new RecordBatch(schema, makeData({ type: new Struct(schema.fields), length, children }));
}

describe("procedures", () => {
  it("of a real guest take and give every type, nulls included", async () => {
    const registry = new PluginRegistry();
    const echo = new URL("../../loader-core/guests/c/echo.wasm", import.meta.url);
    const loaded = await new CoreLoader({ isolation: "inline" }).load(
      new Uint8Array(readFileSync(echo)),
      { registry },
    );
    closing(() => loaded.close());
    const { rows } = await attachedTo([], {}, registry);
    const values = [
      "-5::INTEGER",
      "9007199254740993::BIGINT",
      "1.5::FLOAT",
      "-0.1::DOUBLE",
      "true",
      "'grüße an alle welt 🙂'",
      "'\\x00\\xFF'::BLOB",
      "'\\xAB'::BLOB",
      "DATE '1969-07-20'",
      "TIMESTAMP_MS '2001-02-03 04:05:06.789'",
    ];
    const read = (args: readonly string[]) =>
      rows(`FROM ai_example_echo_columns(${args.join(", ")})`);
    expect(await read(values)).toEqual(await rows(`SELECT ${values.join(", ")}`));
    const nulls = values.map(() => "NULL");
    expect(await read(nulls)).toEqual([values.map(() => null)]);
  });

  it("give as many rows as they like, of batches of any size", async () => {
    const sizes = [0, 1, 2047, 2048, 2049, 10_000, 0];
    const many = procedure("ai.a.many", { args: [], yields: [integer, integer] }, () => {
      let next = 0;
      return sizes.map((size) => {
        const numbers = Array.from({ length: size }, () => next++);
        return tableOf(
          numbers,
          numbers.map((n) => -n),
        );
      });
    });
    const { rows } = await attachedTo([plugin("ai.a", { procedures: [many] })]);
    const total = sizes.reduce((sum, size) => sum + size, 0);
    expect(
      await rows("SELECT count(*), sum(yield0), sum(yield1), max(yield0) FROM ai_a_many()"),
    ).toEqual([
      [`${total}`, `${(total * (total - 1)) / 2}`, `${-(total * (total - 1)) / 2}`, total - 1],
    ]);
    expect(await rows("SELECT yield0 FROM ai_a_many() LIMIT 3")).toEqual([[0], [1], [2]]);
  });

  it("take a variadic argument as a list", async () => {
    const count = procedure("ai.a.count", { args: [integer, list], yields: [integer] }, (batch) => [
      tableOf([
        batch.numCols,
        ...batch.schema.fields.map((_, i) => Number(batch.getChildAt(i)?.get(0))),
      ]),
    ]);
    const { rows } = await attachedTo([plugin("ai.a", { procedures: [count] })]);
    expect(await rows("FROM ai_a_count(7, [8, 9])")).toEqual([[3], [7], [8], [9]]);
    expect(await rows("FROM ai_a_count(7, [])")).toEqual([[1], [7]]);
    expect(await rows("FROM ai_a_count(7, NULL)")).toEqual([[1], [7]]);
  });

  it("are run anew by each run of a prepared statement", async () => {
    let runs = 0;
    const counting = procedure("ai.a.runs", { args: [integer], yields: [integer] }, (batch) => [
      tableOf([++runs, Number(batch.getChildAt(0)?.get(0))]),
    ]);
    const { connection } = await attachedTo([plugin("ai.a", { procedures: [counting] })]);
    const prepared = await connection.prepare("FROM ai_a_runs($1)");
    for (const n of [1, 2]) {
      prepared.bindInteger(1, n * 10);
      expect((await prepared.runAndReadAll()).getRowsJson()).toEqual([[n], [n * 10]]);
    }
  });

  it("with other arguments than SQL has had under the name are refused by the registry", async () => {
    const of = (args: readonly (typeof integer)[], version: string) =>
      plugin(
        "ai.a",
        {
          procedures: [
            procedure("ai.a.p", { args, yields: [integer] }, () => [tableOf([args.length])]),
          ],
        },
        version,
      );
    const { registry, rows } = await attachedTo([of([integer], "1.0.0")]);
    expect(() => registry.replace(of([integer, integer], "2.0.0"))).toThrow(
      "ai.a.p takes (INTEGER, INTEGER), and this database has had ai_a_p with (INTEGER); DuckDB cannot change a table function",
    );
    expect(await rows("FROM ai_a_p(5)")).toEqual([[1]]);
  });
});
