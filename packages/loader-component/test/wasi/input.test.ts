import { describe, expect, it } from "vitest";
import { Guest } from "./guest.ts";

const CLOSED = { tag: "err", value: { tag: "closed" } };

describe("the input", () => {
  it.each(["read", "blocking-read", "skip", "blocking-skip"])("is at its end for %s", (method) => {
    const guest = new Guest();
    const stdin = guest.stdin();
    for (const length of [0n, 1n, 2n ** 64n - 1n]) {
      expect(guest.stream(`input-stream.${method}`, stdin, length)).toEqual(CLOSED);
    }
  });

  it.each(["splice", "blocking-splice"])("has nothing for an output to %s", (method) => {
    const guest = new Guest();
    const spliced = guest.stream(`output-stream.${method}`, guest.stdout(), guest.stdin(), 10n);
    expect(spliced).toEqual(CLOSED);
    expect(guest.written).toEqual([]);
  });
});
