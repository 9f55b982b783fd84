import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";

function run(script: string, ...flags: readonly string[]) {
  const path = fileURLToPath(new URL(script, import.meta.url));
  return spawnSync(process.execPath, [...process.execArgv, ...flags, path], {
    encoding: "utf8",
    timeout: 25_000,
  });
}

it("a process whose threads cannot start says so, and ends", () => {
  const { status, stdout } = run("./start-in-vain.worker.ts");
  const refusal = /^INTERNAL the plugin: its guest thread ended: .*no.such.module/;
  expect(stdout.trim().split("\n")).toEqual([
    expect.stringMatching(refusal),
    expect.stringMatching(refusal),
  ]);
  expect(status).toBe(0);
});

it("a process keeps nothing of threads that have died", () => {
  const { status, stdout } = run("./kill-threads.worker.ts", "--expose-gc");
  const [started = 0, kept = 0] = stdout.split(" ").map(Number);
  expect(status).toBe(0);
  expect(started).toBeGreaterThanOrEqual(8);
  // The one that took the last one's place.
  expect(kept).toBeLessThanOrEqual(2);
});
