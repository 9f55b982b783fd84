import { componentPath, fixturePath } from "@uni/fixtures";
import { describe, expect, it } from "vitest";
import { cannedPlugin, echoPlugin } from "./canned-plugin.ts";
import { cli } from "./cli.ts";
import { workFolder } from "./work-folder.ts";

const folder = workFolder();
const geo = fixturePath("geo");

describe("call with arguments", () => {
  it("prints the value, by the whole name, the last part and any case, on threads and inline", async () => {
    const args = ["52.52", "13.405", "48.857", "2.352"];
    for (const name of ["haversine", "HAVERSINE", "ai.example.geo.haversine"]) {
      const { status, stdout, stderr } = await cli(["call", geo, name, ...args]);
      expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
      expect(Number(stdout)).toBeCloseTo(877.4535, 4);
    }
    const inline = await cli(["call", geo, "haversine", ...args, "--isolation", "inline"]);
    expect(Number(inline.stdout)).toBeCloseTo(877.4535, 4);
    const south = await cli(["call", geo, "haversine", "-1", "-2.5", "-3e0", "-4", "--json"]);
    expect(JSON.parse(south.stdout)).toEqual([{ haversine: expect.any(Number) }]);
  });

  it("takes a component, vectors, any number of variadic arguments, nulls and texts", async () => {
    const call = async (file: string, ...args: string[]) =>
      (await cli(["call", file, ...args])).stdout;
    expect(await call(componentPath("vec"), "dot", "[1,2,3]", "[4, 5,6]")).toBe("32\n");
    expect(await call(geo, "centroid", "1", "2")).toMatch(/^\[(1|0\.9+\d*), .*\]\n$/);
    expect(await call(geo, "centroid", "1", "2", "3", "4")).toMatch(/^\[2\.\d+, (2\.9|3)\d*\]\n$/);
    expect(await call(geo, "haversine", "null", "2", "3", "4")).toBe("null\n");
    expect(await call(fixturePath("text"), "reverse", "héllo 日本")).toBe("本日 olléh\n");
  });

  it("computes an aggregate of one row, and a table of a procedure", async () => {
    const mean = await cli(["call", fixturePath("stats"), "weighted_mean", "4", "2"]);
    expect(mean.stdout).toBe("4\n");
    const near = await cli(["call", geo, "nearest", "52.5", "13.4", "2"]);
    expect(near.stdout).toMatch(/^yield0,yield1,yield2,yield3\nBerlin,52\.52,13\.405,.*\n.*\n$/);
  });

  it("shows values of every type as they were written", async () => {
    const primitive = (arrow: string) => ({ kind: "primitive", arrow });
    const cases: [type: object, text: string, json: unknown, shown?: string][] = [
      [primitive("int32"), "-2147483648", -2147483648],
      [primitive("int64"), "-9223372036854775808", "raw"],
      [primitive("float32"), "0.5", 0.5],
      [primitive("float64"), "NaN", "NaN"],
      [primitive("float64"), "-Infinity", "-Infinity"],
      [primitive("boolean"), "true", true],
      [primitive("utf8"), "a,b", "a,b"],
      [primitive("utf8"), '"null"', "null", "null"],
      [primitive("binary"), "0x00ff", "0x00ff"],
      [primitive("largebinary"), "0x", "0x"],
      [primitive("date64"), "1969-12-31", "1969-12-31"],
      [primitive("timestamp_ms"), "2024-02-29T12:00:00.500Z", "2024-02-29T12:00:00.500Z"],
      [
        primitive("timestamp_ms"),
        "2024-02-29T12:00+02:00",
        "2024-02-29T10:00:00.000Z",
        "2024-02-29T10:00:00.000Z",
      ],
      [{ kind: "cypher_value" }, "0xdead", "0xdead"],
      [{ kind: "vector", len: 2, element: "utf8" }, '["a,b",null]', ["a,b", null], "[a,b, null]"],
      [primitive("int32"), "null", null],
    ];
    for (const [type, text, json, shown = text] of cases) {
      const file = folder.write("echo.wasm", await echoPlugin(type));
      const inline = ["--isolation", "inline"];
      const one = await cli(["call", file, "f", ...inline, "--", text]);
      expect(one, text).toEqual({ status: 0, stdout: `${shown}\n`, stderr: "" });
      const inJson = (await cli(["call", file, "f", "--json", ...inline, "--", text])).stdout;
      // JSON.parse would round it.
      if (json === "raw") expect(inJson).toBe(`[\n{"f":${text}}\n]\n`);
      else expect(JSON.parse(inJson), text).toEqual([{ f: json }]);
    }
  });

  it("refuses what a type has no value for, and says how one is written", async () => {
    const cases: [arrow: string, text: string, hint: string][] = [
      ["int32", "2147483648", "an integer from -2147483648 to 2147483647"],
      ["int64", "1.5", "an integer such as 42"],
      ["float64", "abc", "a number such as 52.5"],
      ["float32", "", "a number such as 52.5"],
      ["boolean", "yes", "true or false"],
      ["binary", "0x0", "bytes in hexadecimal"],
      ["date64", "2024-02-30", "a day such as"],
      ["timestamp_ms", "12:00", "a time such as"],
    ];
    for (const [arrow, text, hint] of cases) {
      const file = folder.write("echo.wasm", await echoPlugin({ kind: "primitive", arrow }));
      const { status, stdout, stderr } = await cli(["call", file, "f", text]);
      expect({ status, stdout }).toEqual({ status: 1, stdout: "" });
      expect(stderr).toContain(
        `error: argument 1 of f(${arrow}) → ${arrow} is ${arrow}, got "${text}"`,
      );
      expect(stderr).toContain(`hint: write ${hint}`);
    }
    const short = await cli(["call", fixturePath("vec"), "norm", "[1,2]"]);
    expect(short.stderr).toContain("hint: write 3 values of float64 such as [1,2,3], or null");
  });

  it("says how many arguments there are to be, and how many came", async () => {
    const { status, stderr } = await cli(["call", geo, "haversine", "1", "2"]);
    expect(status).toBe(1);
    expect(stderr).toBe(
      "error: haversine(float64, float64, float64, float64) → float64 takes 4 arguments, got 2: 1 2\n",
    );
    expect((await cli(["call", geo, "nearest"])).stderr).toContain("takes 3 arguments, got none");
  });

  it("offers the nearest name for a function that there is not, or all names", async () => {
    const near = await cli(["call", geo, "havesine", "1"]);
    expect(near).toEqual({
      status: 1,
      stdout: "",
      stderr: "error: ai.example.geo has no function havesine\nhint: did you mean haversine?\n",
    });
    const far = await cli(["call", geo, "xyz"]);
    expect(far.stderr).toContain("hint: it has haversine, destination, centroid, nearest\n");
  });

  it("passes on what a function reports, a trap and a deadline", async () => {
    const failing = { kind: "fail", status: 3, message: "no such city" } as const;
    const reported = await cli([
      "call",
      folder.write("a.wasm", await cannedPlugin(failing)),
      "f",
      "1",
    ]);
    expect(reported).toMatchObject({ status: 1, stderr: expect.stringContaining("no such city") });
    const trap = folder.write("b.wasm", await cannedPlugin({ kind: "trap" }));
    expect((await cli(["call", trap, "f", "1"])).stderr).toMatch(
      /^error: .* trapped: unreachable\n$/,
    );
    const loop = folder.write("c.wasm", await cannedPlugin({ kind: "loop" }));
    for (const isolation of ["thread", "inline"]) {
      const args = ["call", loop, "f", "1", "--timeout", "50", "--isolation", isolation];
      const { status, stderr } = await cli(args);
      expect(status).toBe(1);
      expect(stderr).toMatch(/^error: .*50 ms.*\nhint: allow more with --timeout/);
    }
  });
});
