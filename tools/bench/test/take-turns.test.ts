import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { type Case, reportFigures, takeTurns } from "../src/index.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "uni-bench-test-"));
  vi.stubEnv("UNI_BENCH_MEASURES", join(folder, "measures"));
  vi.stubEnv("UNI_BENCH_QUICK", "0");
  vi.spyOn(console, "log").mockReturnValue();
});
afterEach(() => {
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
  rmSync(folder, { recursive: true });
});
const handedOver = () =>
  readFileSync(join(folder, "measures"), "utf8")
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line));

describe("cases that take turns", () => {
  const order: string[] = [];
  const noting = (name: string): Case => ({
    name,
    expected: 1,
    beforeSample: async () => order.push(`before ${name}`),
    run: () => {
      order.push(name);
      return 1;
    },
  });
  afterEach(() => {
    order.length = 0;
  });

  it("run round by round, with what each sample needs first", async () => {
    const turns = { rounds: 2, callsPerRound: 1, warmUpRounds: 1, callsPerSample: 2 };
    await takeTurns("a table", [noting("a"), noting("b")], turns);
    const round = ["before a", "a", "a", "before b", "b", "b"];
    expect(order).toEqual([...round, ...round, ...round]);
  });

  it("hand over a line for each case, and one for its p99 where that is asked for", async () => {
    const turns = { rounds: 2, callsPerRound: 3, warmUpRounds: 0, p99: true };
    await takeTurns("a table", [noting("a"), noting("b")], turns);
    expect(handedOver().map(({ table, name, runs }) => [table, name, runs])).toEqual([
      ["a table", "a", 6],
      ["a table", "b", 6],
      ["a table, p99", "a", 6],
      ["a table, p99", "b", 6],
    ]);
  });

  it("run less often where a quick run is asked for", async () => {
    vi.stubEnv("UNI_BENCH_QUICK", "1");
    await takeTurns("t", [noting("a")], { rounds: 50, callsPerRound: 50, warmUpRounds: 9 });
    expect(handedOver()).toMatchObject([{ runs: 15 }]);
    expect(order.filter((name) => name === "a")).toHaveLength(20);
  });

  it("fail where one gives back something else than it should", async () => {
    const turns = { rounds: 1, callsPerRound: 1, warmUpRounds: 0 };
    const wrong = { name: "nothing", expected: 3, run: async () => undefined };
    await expect(takeTurns("t", [wrong], turns)).rejects.toThrow(
      "nothing: expected 3 back, got undefined",
    );
  });
});

it("figures that were counted are ratios to the first one too", () => {
  reportFigures("size", "bytes", { before: 1000, after: 1500 });
  expect(handedOver()).toMatchObject([
    { name: "before", unit: "bytes", median: 1000, runs: 1, floor: null },
    { name: "after", median: 1500, floor: { name: "before", ratio: 1.5 } },
  ]);
});
