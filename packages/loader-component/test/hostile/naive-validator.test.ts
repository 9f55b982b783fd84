// jco as a validator needs a worker that is thrown away, and a time limit.
import { describe, expect, it } from "vitest";
import { probe } from "./jco-probe.ts";
import { panics } from "./panics.ts";

const LIMIT_MS = 2_500;

describe.each(panics)("a component with $name", (panic) => {
  it.each(["componentWit", "transpileBytes"] as const)("has its verdict from %s", async (api) => {
    const report = await probe(api, await panic.component(), LIMIT_MS);
    expect(report.verdict).toBe(panic[api]);
    if (report.verdict !== "hangs") expect(report.usableAfter).toBe(report.verdict !== "panics");
  });
});
