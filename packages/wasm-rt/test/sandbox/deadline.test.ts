import { describe, expect, it } from "vitest";
import { runWithin } from "../../src/sandbox/deadline.ts";

const late = () => new Error("too late");

describe("a deadline", () => {
  it("lets a body that is in time give its value or its error", () => {
    expect(runWithin(1000, () => 42, late)).toBe(42);
    expect(runWithin(1000, () => undefined, late)).toBeUndefined();
    const own = new TypeError("own");
    expect(() =>
      runWithin(
        1000,
        () => {
          throw own;
        },
        late,
      ),
    ).toThrow(own);
  });

  it("ends a body that never ends, which can catch nothing of it", () => {
    let caught = false;
    const endless = () => {
      for (;;) {
        try {
          for (;;);
        } catch {
          caught = true;
        } finally {
          caught = true;
        }
      }
    };
    expect(() => runWithin(20, endless, late)).toThrow("too late");
    expect(caught).toBe(false);
    expect(runWithin(1000, () => "well", late)).toBe("well");
  });

  it("can be nested, and the inner one ends first", () => {
    const inner = () => runWithin(20, endlessLoop, () => new Error("inner"));
    expect(() => runWithin(10_000, inner, late)).toThrow("inner");
    expect(() => runWithin(20, () => runWithin(10_000, endlessLoop, late), late)).toThrow(
      "too late",
    );
  });

  it("does not take an error for its own that only says so", () => {
    const forged = Object.assign(new Error("forged"), { code: "E" });
    expect(() =>
      runWithin(
        1000,
        () => {
          throw forged;
        },
        late,
      ),
    ).toThrow(forged);
  });
});

function endlessLoop(): never {
  for (;;);
}
