import { describe, expect, it } from "vitest";
import { decimal, seconds, signedPercent } from "../../src/report/quantities.ts";
import { reportText } from "../../src/report/report-text.ts";
import { isRight } from "../../src/report/verdict.ts";
import { sampleReport } from "../page/sample-report.ts";

describe("numbers", () => {
  it("have a sign where they have one, and none at zero", () => {
    expect([1.406, -1.406, 0, 0.001, -0.001].map((value) => signedPercent(value))).toEqual([
      "+1.41 %",
      "−1.41 %",
      "0.00 %",
      "0.00 %",
      "0.00 %",
    ]);
    expect(decimal(12_345.678, 1)).toBe("12,345.7");
    expect([950, 26_240].map(seconds)).toEqual(["0.95 s", "26.2 s"]);
  });
});

describe("the summary of a report", () => {
  it("keeps what a plugin says from being a command to the terminal", () => {
    const report = sampleReport();
    const [first, ...others] = report.containments;
    if (first === undefined) throw new Error("the sample has containments");
    const hostile = { ...first, message: "\u001b[2J\u0007\u202e" };
    const text = reportText({ ...report, containments: [hostile, ...others] });
    expect(text).toContain("�[2J��");
    expect(text).not.toMatch(/[^\P{C}\n]/u);
  });

  it("shouts where something is wrong", () => {
    const report = sampleReport();
    const containments = report.containments.map((each) => ({ ...each, contained: false }));
    const delays = { ...report.delays, differingValues: 3 };
    const text = reportText({ ...report, containments, delays });
    expect(text).toContain("NOT CONTAINED");
    expect(text).toContain("3 of 12 values DIFFER");
  });
});

describe("the verdict on a report", () => {
  const report = sampleReport();

  it("is right where every check held", () => {
    expect(isRight(report)).toBe(true);
  });

  it.each([
    [
      "a plugin was not contained",
      { containments: report.containments.map((each) => ({ ...each, contained: false })) },
    ],
    ["an aggregate differs", { delays: { ...report.delays, differingValues: 1 } }],
    ["a run left flights out", { comparedFlights: 3_000_001 }],
    [
      "distances differ",
      {
        formats: report.formats.map((run) => ({
          ...run,
          perQuery: { ...run.perQuery, differingFlights: 1 },
        })),
      },
    ],
  ])("is wrong where %s", (_name, wrong) => {
    expect(isRight({ ...report, ...wrong })).toBe(false);
  });
});
