import { describe, expect, it } from "vitest";
import { Progress } from "../src/progress.ts";

/** What a progress writes to a stream. */
function written(isTTY: boolean, use: (progress: Progress) => void): string {
  const parts: string[] = [];
  const stream = { isTTY, write: (text: string) => parts.push(text) > 0 };
  // A progress uses no more of a stream than this.
  use(new Progress(stream as unknown as NodeJS.WriteStream));
  return parts.join("");
}

describe("progress", () => {
  it("draws a bar on a terminal, and erases it", () => {
    const text = written(true, (progress) => {
      progress.begin("distances", 1000);
      progress[Symbol.dispose]();
    });
    expect(text).toMatch(/░{24} {3}0 % {2}0 flights\/s {2}distances/);
    expect(text.endsWith("\r\u001b[2K")).toBe(true);
  });

  it("names a step that counts nothing", () => {
    expect(written(true, (progress) => progress.begin("reading"))).toContain("reading …");
  });

  it("writes nothing where the stream is no terminal", () => {
    const text = written(false, (progress) => {
      progress.begin("distances", 1000);
      progress.update(500);
      progress[Symbol.dispose]();
    });
    expect(text).toBe("");
  });

  it("says in words how far it is", () => {
    written(false, (progress) => {
      expect(`${progress}`).toBe("starting");
      progress.begin("distances", 3_000_000);
      progress.update(1_228_800);
      progress[Symbol.dispose]();
      expect(`${progress}`).toBe("distances, 1,228,800 of 3,000,000 flights");
      progress.begin("reading");
      expect(`${progress}`).toBe("reading");
    });
  });
});
