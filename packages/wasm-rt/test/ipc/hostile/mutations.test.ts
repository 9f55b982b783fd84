import { describe, expect, it } from "vitest";
import { runMutations } from "./mutations.ts";

const MUTATIONS = 100_000;

describe("mutations of streams of every type", () => {
  it(`${MUTATIONS} of them give an IpcError, or a batch that arrow-rs reads alike`, () => {
    const outcomes = [...runMutations(0, MUTATIONS)].at(-1);
    // A seed alone makes its mutation again: pnpm fuzz:ipc 1 SEED
    expect(outcomes?.wrong).toEqual([]);
    // Were all refused at the first byte, nothing would have been tried.
    expect(outcomes?.accepted).toBeGreaterThan(MUTATIONS / 20);
    expect(outcomes?.byRule.size).toBeGreaterThan(40);
  }, 300_000);
});
