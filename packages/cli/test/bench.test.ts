import { fixturePath } from "@uni/fixtures";
import { describe, expect, it } from "vitest";
import { generateRows } from "../src/bench/generate-rows.ts";
import { blocksOf, spanOf, statisticsOf } from "../src/bench/statistics.ts";
import { cannedPlugin } from "./canned-plugin.ts";
import { cli } from "./cli.ts";
import { workFolder } from "./work-folder.ts";

const folder = workFolder();
const SHORT = ["--seconds", "0.01"];

describe("bench", () => {
  it("shows both isolations side by side, and how the durations are spread", async () => {
    const { status, stdout, stderr } = await cli([
      "bench",
      fixturePath("geo"),
      "haversine",
      "--rows",
      "10",
      ...SHORT,
    ]);
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    expect(stdout).toMatch(
      /^haversine\(.*\) → float64 {3}10 rows a call\n\n +thread +inline\ncalls +\d+ +\d+\n/,
    );
    expect(stdout).toMatch(/^µs a call, median +[\d,]+ +[\d,]+$/m);
    expect(stdout).toMatch(/^thread {2}[▁▂▃▄▅▆▇█ ]{32}\ninline {2}[▁▂▃▄▅▆▇█ ]{32}$/m);
  });

  it("measures aggregates, procedures, and rows of a file, and gives numbers in JSON", async () => {
    const input = folder.write("rows.csv", "v,w\n1,2\n3,4\n");
    const mean = await cli([
      "bench",
      fixturePath("stats"),
      "weighted_mean",
      "-i",
      input,
      "--json",
      ...SHORT,
    ]);
    const { function: name, rows, thread, inline } = JSON.parse(mean.stdout);
    expect({ name, rows }).toEqual({ name: "ai.example.stats.weighted_mean", rows: 2 });
    for (const { calls, rowsPerSecond, medianUs, p95Us, p99Us, histogram } of [thread, inline]) {
      expect(calls).toBeGreaterThan(0);
      expect(rowsPerSecond).toBeGreaterThan(0);
      expect(medianUs <= p95Us && p95Us <= p99Us).toBe(true);
      expect(histogram.reduce((sum: number, count: number) => sum + count, 0)).toBe(calls);
    }
    const near = await cli(["bench", fixturePath("geo"), "nearest", "--json", ...SHORT]);
    expect(JSON.parse(near.stdout)).toMatchObject({ rows: 1 });
  });

  it("refuses what cannot be measured", async () => {
    const fail = await cannedPlugin({ kind: "fail", status: 3, message: "not these" });
    const refused = await cli(["bench", folder.write("f.wasm", fail), "f", ...SHORT]);
    expect(refused).toMatchObject({ status: 1, stderr: expect.stringContaining("not these") });
    const empty = folder.write("none.csv", "v,w\n");
    const none = await cli(["bench", fixturePath("stats"), "weighted_mean", "-i", empty, ...SHORT]);
    expect(none).toMatchObject({ status: 1, stderr: expect.stringContaining("has no rows") });
    expect((await cli(["bench", fixturePath("geo"), "haversine", "--rows", "0"])).status).toBe(2);
  });
});

describe("statistics", () => {
  it("are nearest ranks, and classes between the fastest call and the 99th percentile", () => {
    const durations = Array.from({ length: 100 }, (_, i) => i + 1);
    const span = spanOf([durations]);
    expect(span).toEqual({ fromUs: 1, toUs: 99 });
    const { medianUs, p95Us, p99Us, rowsPerSecond, histogram } = statisticsOf(
      durations,
      5050,
      span,
    );
    expect({ medianUs, p95Us, p99Us, rowsPerSecond }).toEqual({
      ...{ medianUs: 50, p95Us: 95, p99Us: 99 },
      // A hundred calls of 5050 rows in 5050 µs.
      rowsPerSecond: 1e8,
    });
    expect(histogram).toHaveLength(32);
    expect(blocksOf([0, 1, 4, 8])).toBe(" ▁▄█");
  });
});

describe("generated rows", () => {
  it("are of every type, and the same every time", () => {
    const primitives = [
      "int32",
      "int64",
      "float32",
      "float64",
      "boolean",
      "utf8",
      "binary",
      "largebinary",
      "date64",
      "timestamp_ms",
    ] as const;
    const types = [
      ...primitives.map((arrow) => ({ kind: "primitive", arrow }) as const),
      { kind: "cypher_value" } as const,
      { kind: "vector", len: 3, element: "float32" } as const,
      { kind: "variadic", inner: { kind: "primitive", arrow: "utf8" } } as const,
    ];
    const batch = generateRows(types, 50);
    expect([batch.numRows, batch.numCols]).toEqual([50, 14]);
    const shown = (of: typeof batch) => of.toArray().map((row) => String(row));
    expect(shown(generateRows(types, 50))).toEqual(shown(batch));
  });
});
