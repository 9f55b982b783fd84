import { readFileSync } from "node:fs";
import { componentPath, fixturePath } from "@uni/fixtures";
import { tableFromIPC } from "apache-arrow";
import { describe, expect, it } from "vitest";
import { cannedPlugin } from "./canned-plugin.ts";
import { cli } from "./cli.ts";
import { workFolder } from "./work-folder.ts";

const folder = workFolder();
const geo = fixturePath("geo");
const QUERY = "SELECT round(haversine(52.52, 13.405, 48.857, 2.352)) AS km, x FROM range(2) t(x)";

describe("sql", () => {
  it("calls functions of several plugins by their whole and short names, and procedures", async () => {
    const query =
      "SELECT round(ai_example_geo_haversine(52.52, 13.405, 48.857, 2.352)), char_length('héllo')";
    const { status, stdout, stderr } = await cli(["sql", geo, componentPath("text"), query]);
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    expect(stdout.split("\n")[1]).toBe("877,5");
    const near = await cli(["sql", geo, "SELECT yield0 FROM nearest(52.5, 13.4, 1)"]);
    expect(near.stdout).toBe("yield0\nBerlin\n");
  });

  it("leaves names to DuckDB that are its own", async () => {
    const query = "SELECT reverse('abc'), ai_example_text_reverse('abc')";
    const { stdout } = await cli(["sql", fixturePath("text"), query]);
    expect(stdout.split("\n")[1]).toBe("cba,cba");
  });

  it("writes rows in every format", async () => {
    const rows = [
      { km: 877, x: 0 },
      { km: 877, x: 1 },
    ];
    expect(JSON.parse((await cli(["sql", geo, QUERY, "--json"])).stdout)).toEqual(rows);
    for (const name of ["r.csv", "r.arrow", "r.arrows", "r.parquet", "r.ndjson"]) {
      // A comment at the end, and the end of a statement, are part of what people write.
      const { status, stderr } = await cli(["sql", geo, `${QUERY}; `, "-o", folder.at(name)]);
      expect({ status, stderr }, name).toEqual({ status: 0, stderr: "" });
    }
    expect(readFileSync(folder.at("r.csv"), "utf8")).toBe("km,x\n877,0\n877,1\n");
    const table = tableFromIPC(readFileSync(folder.at("r.arrow")));
    expect(table.toArray().map((row) => row.toJSON())).toEqual([
      { km: 877, x: 0n },
      { km: 877, x: 1n },
    ]);
    const back = `SELECT count(*) AS n FROM '${folder.at("r.parquet")}' -- all of them`;
    expect((await cli(["sql", geo, back, "-o", folder.at("n.parquet")])).status).toBe(0);
    const table2 = await cli(["sql", geo, QUERY], { isTerminal: true, env: { NO_COLOR: "1" } });
    expect(table2.stdout).toBe(" km  x\n───  ─\n877  0\n877  1\n");
  });

  it("shows values of DuckDB's own types", async () => {
    const query =
      "SELECT [1, 2] AS l, {'a': 'x'} AS s, 'x'::BLOB AS b, DATE '2024-02-29' AS d, 2::HUGEINT AS h, 'NaN'::DOUBLE AS n, NULL AS z";
    expect(JSON.parse((await cli(["sql", geo, query, "--json"])).stdout)).toEqual([
      { l: [1, 2], s: { a: "x" }, b: "0x78", d: "2024-02-29", h: 2, n: "NaN", z: null },
    ]);
  });

  it("says in a line why a query fails, also half-way, and leaves no output", async () => {
    const failure = async (query: string, file = geo) => {
      const { status, stdout, stderr } = await cli(["sql", file, query, "-o", folder.at("f.csv")]);
      expect({ status, stdout }).toEqual({ status: 1, stdout: "" });
      expect(stderr).toMatch(/^error: .*\n(hint: .*\n)?$/);
      return stderr;
    };
    expect(await failure("SELEC 1")).toMatch(/the query failed: .*syntax error/);
    expect(await failure("SELECT havrsine(1)")).toContain('Did you mean "haversine"?');
    expect(
      await failure("SELECT CASE WHEN x > 5000 THEN error('far enough') END FROM range(9000) t(x)"),
    ).toContain("far enough");
    const fail = { kind: "fail", status: 3, message: "no such city" } as const;
    const plugin = folder.write("fail.wasm", await cannedPlugin(fail));
    expect(await failure("SELECT f(1.0)", plugin)).toContain("no such city");
    expect(folder.names().filter((name) => name.includes("f.csv"))).toEqual([]);
  });

  it("wants plugins and a query", async () => {
    const { status, stderr } = await cli(["sql", geo]);
    expect(status).toBe(2);
    expect(stderr).toBe(
      "error: the query is missing: expected plugins, and the query behind them\nhint: uni-wasm sql geo.wasm 'SELECT 1'\n",
    );
    const notThere = await cli(["sql", folder.at("none.wasm"), "SELECT 1"]);
    expect(notThere).toMatchObject({ status: 1, stderr: expect.stringContaining("no such file") });
  });
});
