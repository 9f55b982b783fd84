import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { CAP } from "../src/plugins/open-plugin.ts";
import type { AxisName, Point } from "../src/point.ts";
import type { Report } from "../src/report/report.ts";
import { type Outcome, runScale } from "./run-scale.ts";

const RUN_MS = 240_000;

let folder = "";
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "uni-scale-"));
});
afterAll(() => rmSync(folder, { recursive: true }));

describe("a quick run", () => {
  let run: Outcome = { status: null, stdout: "", stderr: "" };
  let report: Report | undefined;
  beforeAll(async () => {
    run = await runScale(["--quick", "--reports", folder]);
    const [numbers = ""] = readdirSync(join(folder, "scale"));
    // What the run has written.
    report = JSON.parse(readFileSync(join(folder, "scale", numbers), "utf8")) as Report;
  }, RUN_MS);

  const last = (axis: AxisName): (Point | undefined)[] =>
    (report?.curves ?? [])
      .filter((curve) => curve.axis === axis)
      .map(({ points }) => points.at(-1));

  it("succeeds, and prints the path of the page last", () => {
    expect({ status: run.status, stderr: run.stderr }).toEqual({ status: 0, stderr: "" });
    const page = join(folder, "scale.html");
    expect(run.stdout.trimEnd().split("\n").at(-1)).toBe(page);
    const markup = readFileSync(page, "utf8");
    expect(markup).not.toMatch(/https?:|<script/);
    expect(markup.match(/<svg /g)).toHaveLength(26);
  });

  it("measures every format on every axis", () => {
    const curves = report?.curves.map(({ axis, format }) => `${axis} ${format}`);
    expect(new Set(curves).size).toBe(12);
  });

  it("finds no live guest while twenty plugins of each format are idle", () => {
    const points = last("plugins");
    expect(points.map((point) => point?.value)).toEqual([20, 20, 20]);
    expect(points.map((point) => point?.details.liveGuests)).toEqual([0, 0, 0]);
  });

  it("answers a thousand callers at once, and never has more guests than the cap", () => {
    const points = last("callers");
    expect(points).toHaveLength(3);
    for (const point of points) {
      expect(point?.details).toMatchObject({ answers: 1000, mostLive: CAP, liveGuests: 0 });
      expect(point?.details.mostQueued).toBe(1000 - CAP);
    }
  });
});

describe("a run that is stopped", () => {
  it(
    "ends its measurement, says how far it came, and writes nothing",
    async () => {
      const reports = join(folder, "stopped");
      let stopped = false;
      const run = await runScale(["--quick", "--reports", reports], (stdout, stop) => {
        if (stopped || !stdout.includes("plugins: Extism")) return;
        stopped = true;
        stop();
      });
      expect(run.status).toBe(130);
      expect(run.stderr).toMatch(/^stopped at \d+ of 24 points: .*; no report was written\n$/);
      expect(readdirSync(reports, { recursive: true })).toEqual(["scale"]);
    },
    RUN_MS,
  );

  it("does not begin with arguments that there are not", async () => {
    const run = await runScale(["--axis", "height"]);
    expect({ status: run.status, stdout: run.stdout }).toEqual({ status: 1, stdout: "" });
    expect(run.stderr).toMatch(/^error: there is no axis "height"; usage: pnpm scale /);
  });
});
