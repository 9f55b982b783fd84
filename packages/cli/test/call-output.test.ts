import { chmodSync, lstatSync, readFileSync, statSync, symlinkSync } from "node:fs";
import { fixturePath } from "@uni/fixtures";
import { tableFromIPC } from "apache-arrow";
import { describe, expect, it } from "vitest";
import { cannedPlugin, echoPlugin } from "./canned-plugin.ts";
import { cli } from "./cli.ts";
import { workFolder } from "./work-folder.ts";

const folder = workFolder();
const geo = fixturePath("geo");
const near = ["call", geo, "nearest", "52.5", "13.4", "2"];

describe("the output of call", () => {
  it("is written in every format, by its name or as told, to files and to the standard output", async () => {
    for (const name of [
      "o.csv",
      "o.json",
      "o.ndjson",
      "o.jsonl",
      "o.arrow",
      "o.arrows",
      "o.parquet",
    ]) {
      const { status, stdout, stderr } = await cli([...near, "-o", folder.at(name)]);
      expect({ status, stdout, stderr }, name).toEqual({ status: 0, stdout: "", stderr: "" });
    }
    const read = (name: string) => readFileSync(folder.at(name), "utf8");
    const rows = JSON.parse(read("o.json"));
    expect(rows).toMatchObject([{ yield0: "Berlin", yield1: 52.52 }, { yield0: "København" }]);
    expect(
      read("o.ndjson")
        .trim()
        .split("\n")
        .map((line) => JSON.parse(line)),
    ).toEqual(rows);
    expect(read("o.jsonl")).toBe(read("o.ndjson"));
    expect(read("o.csv")).toMatch(/^yield0,yield1,yield2,yield3\nBerlin,52\.52,/);
    for (const name of ["o.arrow", "o.arrows"]) {
      const table = tableFromIPC(readFileSync(folder.at(name)));
      expect(table.toArray().map((row) => row.toJSON())).toEqual(rows);
    }
    expect((await cli([...near, "-f", "ndjson"])).stdout).toBe(read("o.ndjson"));
    expect((await cli([...near, "-o", "-", "--json"])).stdout).toBe(read("o.json"));
    const sql = `SELECT * FROM '${folder.at("o.parquet")}'`;
    expect(JSON.parse((await cli(["sql", geo, sql, "--json"])).stdout)).toEqual(rows);
  });

  it("is a table on a terminal, with wide characters in line and nulls apart", async () => {
    const text = { kind: "primitive", arrow: "utf8" };
    const plugin = folder.write("echo.wasm", await echoPlugin(text));
    const input = folder.write("words.csv", 'w\n日本\nabc\n""\n');
    const { stdout } = await cli(["call", plugin, "f", "-i", input], {
      isTerminal: true,
      env: { NO_COLOR: "1" },
    });
    expect(stdout).toBe("f\n────\n日本\nabc\n\n");
    const numbers = await cli(near, { isTerminal: true, env: { NO_COLOR: "1" } });
    expect(numbers.stdout).toMatch(/^yield0 +yield1 +yield2 +yield3\n─+ {2}─+/);
    expect(numbers.stdout.split("\n")[2]).toMatch(/^Berlin {4}\s*52\.52 +13\.405 +\d/);
  });

  it("leaves what was there before where the call fails, and nothing half-written", async () => {
    const before = folder.write("kept.csv", "before\n");
    const plugin = folder.write("trap.wasm", await cannedPlugin({ kind: "trap" }));
    const { status } = await cli(["call", plugin, "f", "1", "-o", before]);
    expect(status).toBe(1);
    expect(readFileSync(before, "utf8")).toBe("before\n");
    const names = folder.names();
    await cli(["call", plugin, "f", "1", "-o", folder.at("new.parquet")]);
    expect(folder.names()).toEqual(names);
  });

  it("takes the place of a file with its permissions, also behind a link", async () => {
    const target = folder.write("target.csv", "old\n");
    chmodSync(target, 0o600);
    symlinkSync(target, folder.at("link.csv"));
    expect((await cli([...near, "-o", folder.at("link.csv")])).status).toBe(0);
    expect(lstatSync(folder.at("link.csv")).isSymbolicLink()).toBe(true);
    expect(readFileSync(target, "utf8")).toMatch(/^yield0/);
    expect(statSync(target).mode & 0o777).toBe(0o600);
  });

  it("says in a line why it cannot be written", async () => {
    const failure = async (...args: string[]) => {
      const { status, stderr } = await cli([...near, ...args]);
      return `${status} ${stderr}`;
    };
    expect(await failure("-o", folder.at("no/such.csv"))).toMatch(
      /^1 error: cannot write .*: there is no such file or folder\n$/,
    );
    expect(await failure("-o", folder.path, "-f", "csv")).toMatch(
      /^1 error: cannot write .*: it is a folder\n$/,
    );
    for (const format of ["csv", "json", "arrow", "parquet"]) {
      expect(await failure("-o", "/dev/full", "-f", format)).toBe(
        "1 error: cannot write /dev/full: no space is left on the device\n",
      );
    }
    expect(await failure("-o", folder.at("result"))).toMatch(
      /^2 error: .* does not say its format\nhint: say it with --format: /,
    );
    expect(await failure("--json", "-f", "csv")).toMatch(/^2 error: .*contradict/);
    expect(await failure("-f", "xml")).toMatch(/^2 error: .*Allowed choices are table, csv/);
    const onTerminal = await cli([...near, "-f", "parquet"], {
      isTerminal: true,
      env: { NO_COLOR: "1" },
    });
    expect(onTerminal).toMatchObject({
      status: 2,
      stderr: expect.stringContaining("hint: write it to a file with --output"),
    });
  });

  it("has its columns where there are no rows", async () => {
    const input = folder.write("none.csv", "a,b,c,d\n");
    for (const format of ["csv", "json", "arrow", "arrows", "parquet"]) {
      const output = folder.at(`empty.${format}`);
      const { status } = await cli(["call", geo, "haversine", "-i", input, "-o", output]);
      expect(status, format).toBe(0);
    }
    expect(readFileSync(folder.at("empty.csv"), "utf8")).toBe("haversine\n");
    expect(readFileSync(folder.at("empty.json"), "utf8")).toBe("[]\n");
    for (const name of ["empty.arrow", "empty.arrows"]) {
      const { schema, numRows } = tableFromIPC(readFileSync(folder.at(name)));
      expect([numRows, schema.fields.map(String)]).toEqual([0, ["haversine: Float64"]]);
    }
    const sql = `SELECT column_name, column_type FROM (DESCRIBE SELECT * FROM '${folder.at("empty.parquet")}')`;
    expect((await cli(["sql", geo, sql])).stdout).toBe(
      "column_name,column_type\nhaversine,DOUBLE\n",
    );
  });
});
