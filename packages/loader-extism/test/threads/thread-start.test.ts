import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";

it("a process whose threads cannot start says so, and ends", () => {
  const script = fileURLToPath(new URL("./start-in-vain.worker.ts", import.meta.url));
  const { status, stdout } = spawnSync(process.execPath, [...process.execArgv, script], {
    encoding: "utf8",
    timeout: 25_000,
  });
  const refusal = /^INTERNAL the plugin: its guest thread ended: .*no.such.module/;
  expect(stdout.trim().split("\n")).toEqual([
    expect.stringMatching(refusal),
    expect.stringMatching(refusal),
  ]);
  expect(status).toBe(0);
});
