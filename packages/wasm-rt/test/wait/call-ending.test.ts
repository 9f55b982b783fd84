import { describe, expect, it } from "vitest";
import { CallEnding } from "../../src/index.ts";

const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** Keeps the thread busy, so that no timer fires. */
function block(ms: number): void {
  const until = performance.now() + ms;
  while (performance.now() < until);
}

describe("a call", () => {
  it("has its time to wait, and then its time to run", async () => {
    using ending = new CallEnding({ waitMs: 10_000, runMs: 30 });
    const told: string[] = [];
    ending.enter(() => told.push("waiting"));
    await sleep(50);
    expect([ending.reason, ending.allowedMs]).toEqual([undefined, 10_000]);
    ending.begin();
    ending.enter(() => told.push("running"));
    await sleep(80);
    expect(told).toEqual(["running"]);
    expect([ending.reason, ending.allowedMs, ending.remainingMs]).toEqual(["timeout", 30, 0]);
  });

  it("has no more time in all than its caller says", async () => {
    using ending = new CallEnding({ waitMs: 10_000, runMs: 10_000, totalMs: 40 });
    let told = 0;
    await sleep(20);
    ending.begin();
    ending.enter(() => {
      told += 1;
    });
    expect(ending.remainingMs).toBeLessThanOrEqual(30);
    await sleep(60);
    expect([told, ending.reason, ending.allowedMs]).toEqual([1, "timeout", 40]);
  });

  it("is over at its deadline even where no timer can fire", () => {
    using ending = new CallEnding({ waitMs: 10, runMs: 10 });
    block(20);
    expect(ending.reason).toBe("timeout");
    let told = 0;
    ending.enter(() => {
      told += 1;
    });
    expect(told).toBe(1);
  });

  it("ends for the first reason alone, and tells one stage once", () => {
    const controller = new AbortController();
    using ending = new CallEnding({ waitMs: 10_000, runMs: 10_000, signal: controller.signal });
    let told = 0;
    ending.enter(() => {
      told += 1;
    });
    controller.abort("enough");
    ending.end("closed");
    expect([told, ending.reason, ending.abortReason]).toEqual([1, "aborted", "enough"]);
  });

  it("leaves neither timer nor listener behind", () => {
    const before = process.getActiveResourcesInfo().filter((kind) => kind === "Timeout").length;
    for (let i = 0; i < 100; i++) {
      using ending = new CallEnding({ waitMs: 10_000, runMs: 10_000 });
      ending.enter(() => {});
      ending.begin();
    }
    const after = process.getActiveResourcesInfo().filter((kind) => kind === "Timeout").length;
    expect(after).toBeLessThanOrEqual(before + 1);
  });
});
