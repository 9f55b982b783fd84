import { fixturePath } from "@uni/fixtures";
import { LargeUtf8, Table, tableFromArrays, tableToIPC, Utf8, vectorFromArray } from "apache-arrow";
import { describe, expect, it } from "vitest";
import { echoPlugin } from "./canned-plugin.ts";
import { cli } from "./cli.ts";
import { workFolder } from "./work-folder.ts";

const folder = workFolder();
const geo = fixturePath("geo");
const stats = fixturePath("stats");
const trips = folder.write(
  "trips.csv",
  "name,lat1,lon1,lat2,lon2\nBerlin,52.52,13.405,48.857,2.352\nnowhere,,1,2,3\n",
);
const COLUMNS = ["--columns", "lat1,lon1,lat2,lon2"];

const values = (stdout: string) =>
  JSON.parse(stdout).map(({ haversine }: { haversine: unknown }) => haversine);
const near = [expect.closeTo(877.4535, 4), null];

/** The same rows in every format, written by the command itself. */
async function inEveryFormat(): Promise<string[]> {
  const sql = `SELECT lat1, lon1, lat2, lon2 FROM read_csv('${trips}')`;
  const names = ["csv", "json", "ndjson", "arrow", "arrows", "parquet"].map(
    (format) => `t.${format}`,
  );
  for (const name of names) {
    const { status, stderr } = await cli(["sql", geo, sql, "-o", folder.at(name)]);
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  }
  return names.map((name) => folder.at(name));
}

describe("call with an input", () => {
  it("takes columns by position from every format, and by name from a pipe", async () => {
    for (const input of await inEveryFormat()) {
      const { status, stdout, stderr } = await cli([
        "call",
        geo,
        "haversine",
        "-i",
        input,
        "--json",
      ]);
      expect({ status, stderr }, input).toEqual({ status: 0, stderr: "" });
      expect(values(stdout), input).toEqual(near);
    }
    const rows = `{"lon2":2.352,"lat2":48.857,"lon1":13.405,"lat1":52.52}\n{"lat1":null}\n`;
    const args = ["call", geo, "haversine", "-i", "-", "--input-format", "ndjson", ...COLUMNS];
    expect(values((await cli([...args, "--json"], { stdin: rows })).stdout)).toEqual(near);
  });

  it("gives one value for the rows of an aggregate, however many there are, or none", async () => {
    const rows = Array.from({ length: 5000 }, (_, i) => `${i},1`).join("\n");
    const input = folder.write("many.csv", `value,weight\n${rows}\n`);
    const { stdout } = await cli(["call", stats, "weighted_mean", "-i", input]);
    expect(stdout).toBe("2499.5\n");
    const none = folder.write("none.csv", "value,weight\n");
    expect((await cli(["call", stats, "weighted_mean", "-i", none])).status).toBe(0);
  });

  it("lets no value change before it is what is declared", async () => {
    const echo = async (arrow: string, input: string) => {
      const file = folder.write("echo.wasm", await echoPlugin({ kind: "primitive", arrow }));
      const { stdout } = await cli(["call", file, "f", "-i", input, "-f", "ndjson"]);
      return stdout
        .trim()
        .split("\n")
        .map((line) => line.slice('{"f":'.length, -1));
    };
    const ids = folder.write("ids.csv", 'id\n007\n"a ""b"", c"\n""\n1e3\n');
    expect(await echo("utf8", ids)).toEqual(['"007"', '"a \\"b\\", c"', '""', '"1e3"']);
    const large = folder.write("large.csv", "id\n9007199254740993\n-9223372036854775808\n");
    expect(await echo("int64", large)).toEqual(["9007199254740993", "-9223372036854775808"]);
    const times = folder.write("times.json", '[{"t":"2024-02-29T12:00:00.5Z"},{"t":null}]');
    expect(await echo("timestamp_ms", times)).toEqual(['"2024-02-29T12:00:00.500Z"', "null"]);
    const bytes = folder.write("bytes.csv", "b\n0x00ff\n");
    expect(await echo("binary", bytes)).toEqual(['"0x00ff"']);
    const days = folder.write("days.csv", "d\n1969-12-31\n");
    expect(await echo("date64", days)).toEqual(['"1969-12-31"']);
  });

  it("takes vectors from every format, and refuses those of another length", async () => {
    const vec = fixturePath("vec");
    const rows =
      "SELECT [1, 2, 3]::DOUBLE[3] AS a, [4, 5, 6]::DOUBLE[3] AS b UNION ALL SELECT NULL, NULL";
    for (const name of ["v.json", "v.arrow", "v.parquet"]) {
      await cli(["sql", vec, rows, "-o", folder.at(name)]);
      const { stdout } = await cli(["call", vec, "dot", "-i", folder.at(name), "--json"]);
      expect(JSON.parse(stdout), name).toEqual([{ dot: 32 }, { dot: null }]);
    }
    const short = folder.write("short.csv", 'a\n"[1,2]"\n');
    expect((await cli(["call", vec, "norm", "-i", short])).stderr).toContain(
      "does not take (a VARCHAR) of",
    );
    const days = folder.write("hours.csv", "d\n2024-02-29T12:00:00\n");
    const file = folder.write("day.wasm", await echoPlugin({ kind: "primitive", arrow: "date64" }));
    expect((await cli(["call", file, "f", "-i", days])).stderr).toContain(
      "the column d is date64, and has",
    );
  });

  it("takes texts with wide offsets, as other writers have them", async () => {
    const wide = new Table({ name: vectorFromArray(["abc", null, ""], new LargeUtf8()) });
    for (const format of ["file", "stream"] as const) {
      const input = folder.write(`wide-${format}.arrow`, tableToIPC(wide, format));
      const { stdout } = await cli(["call", fixturePath("text"), "reverse", "-i", input, "--json"]);
      expect(JSON.parse(stdout)).toEqual([{ reverse: "cba" }, { reverse: null }, { reverse: "" }]);
    }
  });

  it("lists what is taken and what came where columns do not fit", async () => {
    const failure = async (...args: string[]) => {
      const { status, stdout, stderr } = await cli(["call", geo, "haversine", ...args]);
      expect({ status, stdout }).toEqual({ status: 1, stdout: "" });
      return stderr;
    };
    expect(await failure("-i", trips)).toBe(
      "error: haversine(float64, float64, float64, float64) → float64 takes 4 arguments, got 5: " +
        `(name VARCHAR, lat1 DOUBLE, lon1 DOUBLE, lat2 DOUBLE, lon2 BIGINT) of ${trips}\n`.replace(
          "BIGINT",
          "DOUBLE",
        ) +
        "hint: name the columns that are the arguments: --columns a,b\n",
    );
    expect(await failure("-i", trips, "--columns", "lat1,lon1,lat2,name")).toMatch(
      /does not take \(lat1 DOUBLE, lon1 DOUBLE, lat2 DOUBLE, name VARCHAR\) of .*: the column name is float64, and has "Berlin"\n$/,
    );
    expect(await failure("-i", trips, "--columns", "lat1,lon1,lat2,lon")).toContain(
      "has no column lon\nhint: did you mean lon1?",
    );
    await cli(["sql", geo, "SELECT 'a' AS a", "-o", folder.at("text.parquet")]);
    const texts = ["-i", folder.at("text.parquet"), "--columns", "a,a,a,a"];
    expect(await failure(...texts)).toContain(
      "does not take (a VARCHAR, a VARCHAR, a VARCHAR, a VARCHAR)",
    );
    const utf8 = new Table({ a: vectorFromArray(["x"], new Utf8()) });
    const arrow = folder.write("text.arrow", tableToIPC(utf8, "file"));
    expect(await failure("-i", arrow, "--columns", "a,a,a,a")).toContain(
      "does not take (a Utf8, a Utf8",
    );
    const fractions = folder.write("fractions.csv", "k\n1.5\n");
    const file = folder.write("int.wasm", await echoPlugin({ kind: "primitive", arrow: "int32" }));
    expect((await cli(["call", file, "f", "-i", fractions])).stderr).toContain(
      'is int32, and has "1.5"',
    );
  });

  it("says in a line why a file cannot be read", async () => {
    const whole = tableToIPC(tableFromArrays({ a: [1.5] }), "file");
    const stream = tableToIPC(tableFromArrays({ a: [1.5] }), "stream");
    const footless = whole.slice();
    // The footer is no flatbuffer any more.
    footless.fill(0xff, whole.length - 60, whole.length - 10);
    const cases: [name: string, content: string | Uint8Array, says: RegExp][] = [
      ["a.csv", 'a,b,c,d\n1,2,3\n1,2,3,4,5,6\n"', /as csv: |has no column|takes 4 arguments/],
      ["a.json", '[{"a":1', /as json: .*Malformed JSON/],
      ["a.ndjson", '{"a":1}\n{"a"', /as ndjson: .*JSON/],
      ["a.parquet", "PAR1 and nothing else", /as parquet: /],
      ["a.arrow", whole.subarray(0, 100), /as Arrow: the file has no whole footer/],
      ["b.arrow", footless, /as Arrow: the file has no whole footer|as Arrow: /],
      ["c.arrow", stream.subarray(0, stream.length - 20), /as Arrow: message /],
      ["d.arrow", "hello, this is no Arrow", /as Arrow: message 0/],
      ["empty.csv", "", /it is empty/],
    ];
    for (const [name, content, says] of cases) {
      const input = folder.write(name, content);
      const output = folder.at("never.csv");
      const { status, stdout, stderr } = await cli([
        "call",
        geo,
        "haversine",
        "-i",
        input,
        "-o",
        output,
      ]);
      expect({ status, stdout }, name).toEqual({ status: 1, stdout: "" });
      expect(stderr, name).toMatch(says);
      expect(stderr, name).toMatch(/^error: .*\n(hint: .*\n)?$/);
    }
    expect(folder.names().filter((name) => name.includes("never"))).toEqual([]);
    const missing = await cli(["call", geo, "haversine", "-i", folder.at("missing.csv")]);
    expect(missing.stderr).toMatch(/missing\.csv: there is no such file/);
    expect((await cli(["call", geo, "haversine", "-i", folder.path])).stderr).toMatch(
      /is a folder/,
    );
  });

  it("takes a file whose name is a pattern for that file alone", async () => {
    for (const [other, name] of [
      ["x1.csv", "x[1].csv"],
      ["y1'.csv", "y*'.csv"],
      ["z1.csv", "z?.csv"],
    ] as const) {
      folder.write(other, "s\nwrong\n");
      const input = folder.write(name, "s\nright\n");
      const { stdout } = await cli(["call", fixturePath("text"), "reverse", "-i", input]);
      expect(stdout, name).toBe("reverse\nthgir\n");
    }
  });

  it("refuses what makes no sense with exit status 2", async () => {
    const usage = async (...args: string[]) => {
      const { status, stderr } = await cli(["call", geo, ...args]);
      expect(status).toBe(2);
      return stderr;
    };
    expect(await usage("haversine", "1", "-i", trips)).toContain("not from both");
    expect(await usage("haversine", "--columns", "a")).toContain(
      "--columns are those of an --input",
    );
    expect(await usage("nearest", "-i", trips)).toContain("nearest is a procedure");
    expect(await usage("haversine", "-i", folder.write("rows.txt", "1"))).toContain(
      "hint: say it with --input-format",
    );
    expect(await usage("haversine", "1", "--timeout", "0")).toContain(
      "It is an integer of 1 at least",
    );
  });
});
