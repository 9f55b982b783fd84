import { spawn } from "node:child_process";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { readReport, writeReport } from "../src/report/report.ts";
import { measureOf, reportOf } from "./sample-report.ts";
import { temporaryFolder } from "./temporary-folder.ts";

const root = new URL("../../../", import.meta.url);
const main = fileURLToPath(new URL("../src/main.ts", import.meta.url));
const hook = new URL("tools/ts-hook/register.mjs", root).href;
const FLAGS = [
  "--disable-warning=ExperimentalWarning",
  "--conditions=@uni/source",
  `--import=${hook}`,
];

/** Runs a command as its script in package.json does; `heard` gets what it said so far. */
function run(args: readonly string[], heard?: (said: string, pid: number) => void) {
  const child = spawn(process.execPath, [...FLAGS, main, ...args], {
    cwd: fileURLToPath(root),
    env: { ...process.env, NODE_OPTIONS: "" },
  });
  let [stdout, stderr] = ["", ""];
  const hear = () => heard?.(stdout + stderr, child.pid ?? 0);
  child.stdout.setEncoding("utf8").on("data", (text) => {
    stdout += text;
    hear();
  });
  child.stderr.setEncoding("utf8").on("data", (text) => {
    stderr += text;
    hear();
  });
  return new Promise<{ status: number | null; stdout: string; stderr: string }>((resolve) => {
    child.on("close", (status) => resolve({ status, stdout, stderr }));
  });
}

describe("pnpm bench", () => {
  it("runs a bench, prints its table, and writes measures that make sense", async () => {
    using folder = temporaryFolder();
    const file = join(folder.path, "report.json");
    const ran = await run(["bench", "--quick", "--only", "extism", "--out", file]);
    expect(ran, ran.stderr).toMatchObject({ status: 0 });
    expect(ran.stdout).toContain("a fresh guest that echoes 1 KB, medians of 15\n");
    expect(ran.stderr).toMatch(/^1\/1 extism … \d+ s$/m);
    expect(ran.stderr).toContain(`${file} has extism\n`);

    const { quick, unfinished, measures, machine } = readReport(file);
    expect({ quick, unfinished }).toEqual({ quick: true, unfinished: [] });
    expect(machine).toMatchObject({ node: process.versions.node, v8: process.versions.v8 });
    expect(measures.length).toBeGreaterThan(3);
    const [floor, ...others] = measures;
    expect(floor).toMatchObject({ bench: "extism", unit: "ms", runs: 15, floor: null });
    for (const { median, spread, floor: ratio } of measures) {
      expect(median).toBeGreaterThan(0);
      expect(spread.low).toBeLessThanOrEqual(median);
      expect(spread.high).toBeGreaterThanOrEqual(median);
      expect(ratio === null || (ratio.low <= ratio.ratio && ratio.ratio <= ratio.high)).toBe(true);
    }
    expect(new Set(others.map((measure) => measure.floor?.name))).toEqual(new Set([floor?.name]));
  });

  it("that is ended stops its bench and says what is there", async () => {
    using folder = temporaryFolder();
    const file = join(folder.path, "report.json");
    let sent = false;
    const args = ["bench", "--quick", "--only", "extism,threads", "--out", file];
    const { status, stdout, stderr } = await run(args, (said, pid) => {
      if (sent || !said.includes("2/2 threads …")) return;
      sent = true;
      process.kill(pid, "SIGINT");
    });
    expect({ status, said: stderr.split("\n").at(-2) }).toEqual({
      status: 1,
      said: `error: ended by SIGINT; ${file} has extism, and lacks threads`,
    });
    expect(stdout).not.toContain("8 calls at once");
    const { measures, unfinished } = readReport(file);
    expect(unfinished).toEqual(["threads"]);
    expect(new Set(measures.map(({ bench }) => bench))).toEqual(new Set(["extism"]));
  });

  it("lists the benches", async () => {
    const { stdout } = await run(["bench", "--list"]);
    expect(stdout.split("\n")).toEqual(expect.arrayContaining(["extism", "ipc", "threads"]));
  });

  it.each([
    [["--only", "ipc,nope"], /^error: there is no bench "nope"; there are: .*\bipc\b/],
    [["--only", ""], /^error: there is no bench ""/],
    [["--slow"], /^error: unknown option '--slow'/],
    [["ipc"], /^error: too many arguments for 'bench'/],
  ])("refuses %j, and runs nothing", async (args, message) => {
    const { status, stdout, stderr } = await run(["bench", ...args]);
    expect({ status, stdout }).toEqual({ status: 1, stdout: "" });
    expect(stderr).toMatch(message);
  });
});

describe("pnpm bench:compare", () => {
  const a = reportOf([measureOf("encode", 1, 2)]);
  const elsewhere = { ...a.machine, cpu: "Another CPU", cores: 64 };

  async function compareFiles(b: typeof a, ...options: readonly string[]) {
    using folder = temporaryFolder();
    const files = ["a.json", "b.json"].map((name) => join(folder.path, name));
    for (const [at, report] of [a, b].entries()) writeReport(files[at] ?? "", report);
    return await run(["bench:compare", ...files, ...options]);
  }

  it("shows what changed between two files", async () => {
    const b = reportOf([measureOf("encode", 3, 6)], { commit: "a".repeat(40), dirty: true });
    const { status, stdout } = await compareFiles(b);
    expect(status).toBe(0);
    expect(stdout).toContain("A: 0123456789, 2026-01-02T03:04:05.678Z, Some CPU, 2 cores");
    expect(stdout).toContain("B: aaaaaaaaaa and changes, ");
    expect(stdout).toMatch(/ {2}encode +1 ms +3 ms +3 more +2 +6 +3 more\n/);
  });

  it("shows the benches that are asked for", async () => {
    const other = measureOf("add", 1, 2, { bench: "other" });
    const { stdout } = await compareFiles(reportOf([...a.measures, other]), "--only", "other");
    expect(stdout).toContain("other / 4 doubles / add");
    expect(stdout).not.toContain("encode");
  });

  it("refuses different machines, unless it is wanted", async () => {
    const b = reportOf([measureOf("encode", 3, 2)], { machine: elsewhere });
    const refused = await compareFiles(b);
    expect(refused).toEqual({
      status: 1,
      stdout: "",
      stderr:
        'error: the reports are of different machines (cpu: Some CPU and Another CPU; cores: 2 and 64); "--anyway" compares their ratios to the floors\n',
    });
    const { status, stdout } = await compareFiles(b, "--anyway");
    expect(status).toBe(0);
    expect(stdout).toMatch(/ {2}encode +2 +2 +1\n/);
  });

  it.each([
    [
      ["no-such-revision", "HEAD"],
      /^error: expected a file that ends with .json or a revision of git, got "no-such-revision"/,
    ],
    [["no-such-file.json", "HEAD"], /^error: no-such-file.json cannot be read: ENOENT/],
    [["HEAD"], /^error: missing required argument 'B'/],
  ])("refuses %j", async (args, message) => {
    const { status, stderr } = await run(["bench:compare", ...args]);
    expect(status).toBe(1);
    expect(stderr).toMatch(message);
  });
});

it("pnpm bench:docs refuses what is no report", async () => {
  const { status, stderr } = await run([
    "bench:docs",
    fileURLToPath(new URL("package.json", root)),
  ]);
  expect(status).toBe(1);
  expect(stderr).toMatch(
    /package.json: expected a report that "pnpm bench" wrote, with schema 1; /,
  );
});
