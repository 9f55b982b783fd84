import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { expect, it, vi } from "vitest";
import { measureRevisions } from "../src/compare/measure-revisions.ts";
import { measureOf, reportOf } from "./sample-report.ts";
import { temporaryFolder } from "./temporary-folder.ts";

const SCRIPTS = { "bench:compare": "there is one" };

/** A repository with two commits that can be measured; `old` is before them, and cannot. */
function repository(folder: string) {
  const git = (...args: readonly string[]) => {
    const settings = ["-c", "user.name=A", "-c", "user.email=a@example.com"];
    const options = { cwd: folder, encoding: "utf8", stdio: "pipe" } as const;
    return execFileSync("git", [...settings, ...args], options).trim();
  };
  const commit = (files: Readonly<Record<string, string>>) => {
    for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
    git("add", "-A");
    git("commit", "--message=next");
    return git("rev-parse", "HEAD");
  };
  git("init");
  const old = commit({ "package.json": "{}" });
  const manifest = JSON.stringify({ scripts: SCRIPTS });
  const a = commit({ "package.json": manifest, benches: "one two", factor: "1" });
  const b = commit({ benches: "two three", factor: "5" });
  return { git, old, a, b };
}

/**
 * What stands in for pnpm, which may be absent where tests run: it notes its commands in `log`, and its
 * benches report the factor of the revision.
 */
function standIn(folder: string, log: string, hangs = false): string[] {
  const report = JSON.stringify(reportOf([measureOf("encode", 1, 2)]));
  const code = `
    import { appendFileSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
    import { dirname } from "node:path";
    const args = process.argv.slice(2);
    const [benches, factor] = ["benches", "factor"].map((name) => readFileSync(name, "utf8"));
    if (args.includes("--list")) console.log(benches.split(" ").join("\\n"));
    else appendFileSync(${JSON.stringify(log)}, factor + " " + args.slice(0, 3).join(" ") + "\\n");
    if (args[0] === "bench" && ${hangs}) setInterval(() => {}, 1000);
    else if (args[0] === "bench") {
      const report = ${report};
      report.measures[0].bench = args[2];
      report.measures[0].median *= Number(factor);
      const file = args[args.indexOf("--out") + 1];
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, JSON.stringify(report));
    }`;
  const file = join(folder, "pnpm.mjs");
  writeFileSync(file, code);
  return [process.execPath, file];
}

/** Where worktrees are made, until the end of the block. */
function worktreesIn(folder: string): Disposable & { left(): string[] } {
  vi.stubEnv("TMPDIR", folder);
  const left = () => readdirSync(folder).filter((name) => name.startsWith("uni-bench-compare-"));
  return { left, [Symbol.dispose]: () => void vi.unstubAllEnvs() };
}

it("revisions are built once, their benches take turns, and nothing is left behind", async () => {
  using repo = temporaryFolder();
  using tools = temporaryFolder();
  const { git, a, b } = repository(repo.path);
  const log = join(tools.path, "log");
  using worktrees = worktreesIn(tools.path);
  const reports = await measureRevisions(
    [
      { name: "A", commit: a },
      { name: "B", commit: b },
    ],
    {
      root: pathToFileURL(`${repo.path}/`),
      quick: false,
      signal: new AbortController().signal,
      pnpm: standIn(tools.path, log),
      progress: () => {},
    },
  );
  expect(readFileSync(log, "utf8").trim().split("\n")).toEqual([
    "1 install --frozen-lockfile --prefer-offline",
    "1 build",
    "5 install --frozen-lockfile --prefer-offline",
    "5 build",
    "1 bench --only one",
    "1 bench --only one",
    "1 bench --only two",
    "5 bench --only two",
    "1 bench --only two",
    "5 bench --only two",
    "5 bench --only three",
    "5 bench --only three",
  ]);
  expect(reports.map(({ measures }) => measures.map((one) => [one.bench, one.median]))).toEqual([
    [
      ["one", 1],
      ["two", 1],
    ],
    [
      ["two", 5],
      ["three", 5],
    ],
  ]);
  expect(git("worktree", "list").split("\n")).toHaveLength(1);
  expect(worktrees.left()).toEqual([]);
});

it("a measurement that is ended leaves nothing behind", async () => {
  using repo = temporaryFolder();
  using tools = temporaryFolder();
  const { git, a } = repository(repo.path);
  const ended = new AbortController();
  using worktrees = worktreesIn(tools.path);
  await expect(
    measureRevisions([{ name: "A", commit: a }], {
      root: pathToFileURL(`${repo.path}/`),
      quick: true,
      signal: ended.signal,
      pnpm: standIn(tools.path, join(tools.path, "log"), true),
      progress: (text) => {
        if (text === "1/2 one: A, run 1/2") setImmediate(() => ended.abort("ended by SIGINT"));
      },
    }),
  ).rejects.toThrow(/^ended by SIGINT; nothing is left behind$/);
  expect(git("worktree", "list").split("\n")).toHaveLength(1);
  expect(worktrees.left()).toEqual([]);
});

it.each([
  ["old", undefined, /^old \([0-9a-f]{10}\) has no "pnpm bench", so it cannot be measured/],
  ["a", ["nope"], /^there is no bench "nope"; there are: one, two$/],
] as const)("what cannot be measured is refused: %s, %j", async (which, only, message) => {
  using repo = temporaryFolder();
  using tools = temporaryFolder();
  const { [which]: commit } = repository(repo.path);
  const measuring = measureRevisions([{ name: which, commit }], {
    root: pathToFileURL(`${repo.path}/`),
    only,
    quick: false,
    signal: new AbortController().signal,
    pnpm: standIn(tools.path, join(tools.path, "log")),
    progress: () => {},
  });
  await expect(measuring).rejects.toThrow(message);
});

it("a command that fails is named with what it said", async () => {
  using repo = temporaryFolder();
  const { a } = repository(repo.path);
  const pnpm = [process.execPath, "-e", 'console.log("no lockfile"); process.exit(1)', "--"];
  const measuring = measureRevisions([{ name: "main", commit: a }], {
    root: pathToFileURL(`${repo.path}/`),
    quick: false,
    signal: new AbortController().signal,
    pnpm,
    progress: () => {},
  });
  await expect(measuring).rejects.toThrow(
    /^"pnpm install --frozen-lockfile --prefer-offline" of main failed:\nno lockfile$/,
  );
});

it("the script that tells whether a revision can be measured is there", () => {
  const manifest = fileURLToPath(new URL("../../../package.json", import.meta.url));
  expect(JSON.parse(readFileSync(manifest, "utf8")).scripts).toHaveProperty(["bench:compare"]);
});
