import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";

const root = fileURLToPath(new URL("../../..", import.meta.url));

interface Outcome {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

function startJob(...flags: string[]): ChildProcessWithoutNullStreams {
  const hook = "--import=./tools/ts-hook/register.mjs";
  const script = "tools/demo/src/main.ts";
  return spawn(process.execPath, ["--conditions=@uni/source", hook, ...flags, script], {
    cwd: root,
    env: { ...process.env, NODE_OPTIONS: "--disable-warning=ExperimentalWarning" },
  });
}

async function outcome(job: ChildProcessWithoutNullStreams): Promise<Outcome> {
  const text = { stdout: "", stderr: "" };
  for (const name of ["stdout", "stderr"] as const) {
    job[name].setEncoding("utf8").on("data", (chunk: string) => {
      text[name] += chunk;
    });
  }
  const [status] = (await once(job, "close")) as [number | null];
  return { status, ...text };
}

describe("the main job", () => {
  it("computes three million distances that agree with the airlines' within 1 %", async () => {
    const { status, stdout, stderr } = await outcome(startJob());
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    const value = (name: string) => new RegExp(`^${name} +(.*)$`, "m").exec(stdout)?.[1] ?? "";
    expect(value("flights")).toBe("3,000,000 of 3,000,000");
    expect(Number.parseFloat(value("mean difference"))).toBeGreaterThan(0);
    expect(Number.parseFloat(value("mean difference"))).toBeLessThan(1);
    expect(value("pool")).toMatch(/^hits 0, misses [1-9]\d*, exhausted 0, live 0$/);
    expect(value("airports that disagree most")).not.toBe("");
    const pairs = stdout.trimEnd().split("\n").slice(-5);
    for (const pair of pairs) expect(pair).toMatch(/^[A-Z0-9]{3} .* – [A-Z0-9]{3} .* % /);
  }, 120_000);

  it("stops on Ctrl-C, says how far it came, and exits as interrupted", async () => {
    const interrupting = startJob("--import=./tools/demo/test/interrupt-once-ready.mjs");
    const { status, stdout, stderr } = await outcome(interrupting);
    expect({ status, stdout }).toEqual({ status: 130, stdout: "" });
    expect(stderr).toMatch(/^stopped after [\d,]+ of 3,000,000 flights\n$/);
  }, 60_000);
});
