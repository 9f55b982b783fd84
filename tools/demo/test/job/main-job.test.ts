import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { expectReadable } from "../browser/expect-readable.ts";
import { CHROMIUM, NEEDS_CHROMIUM, READERS, visitPage } from "../browser/visit-page.ts";
import { type Outcome, runMain } from "./start-job.ts";

const JOB_MS = 240_000;

let folder = "";
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "uni-job-"));
});
afterAll(() => rmSync(folder, { recursive: true }));

describe("the main job", () => {
  let path = "";
  let job: Outcome = { status: null, stdout: "", stderr: "" };
  beforeAll(async () => {
    path = join(folder, "made", "report.html");
    job = await runMain(["--output", path]);
  }, JOB_MS);

  it("succeeds, and prints the path of the report last", () => {
    expect({ status: job.status, stderr: job.stderr }).toEqual({ status: 0, stderr: "" });
    expect(job.stdout.trimEnd().split("\n").at(-1)).toBe(path);
    expect(readdirSync(join(folder, "made"))).toEqual(["report.html"]);
  });

  it("computes three million distances in SQL, the same in every format", () => {
    expect(job.stdout).toMatch(/^3,000,000 of 3,000,000 flights compared in /);
    expect(job.stdout).toContain("identical in all 6 runs, to the last bit");
    for (const format of ["Extism", "component", "core module"]) {
      const row = new RegExp(
        `^ +${format} +[\\d.]+ KiB +[\\d,]+ ms +[\\d,]+ +([\\d,]+) +[\\d,]+ +(\\d+)$`,
        "m",
      );
      const [perChunk, perQuery] = (row.exec(job.stdout) ?? [])
        .slice(1)
        .map((guests) => Number(guests.replaceAll(",", "")));
      // A chunk has 2048 rows; a query that waits for long starts another guest.
      expect(perChunk).toBeGreaterThanOrEqual(3_000_000 / 2048);
      expect(perQuery).toBeGreaterThan(0);
      expect(perQuery).toBeLessThan(500);
    }
  });

  it("agrees with the airlines within 1 % on average, and names who disagrees most", () => {
    const [, mean = "", p99 = ""] =
      /mean ([\d.]+) %, 99th percentile ([\d.]+) %/.exec(job.stdout) ?? [];
    expect(Number(mean)).toBeGreaterThan(0);
    expect(Number(mean)).toBeLessThan(Number(p99));
    expect(Number(p99)).toBeLessThan(1);
    expect(job.stdout).toMatch(/GSO Greensboro – RDU Raleigh .* −1\.41 % +156\n/);
  });

  it("aggregates delays to what DuckDB's own aggregates say, and finds the nearest cities", () => {
    expect(job.stdout).toContain("all 48 values of 12 airports agree with DuckDB's own aggregates");
    expect(job.stdout).toMatch(/^nearest to ORD: .*\n +Chicago 25 km, New York 1,167 km, /m);
  });

  it("contains hostile plugins, and goes on after each of them", () => {
    expect(job.stdout).toMatch(/an endless loop \(Extism\): TIMEOUT after [\d,]+ ms\n/);
    expect(job.stdout).toMatch(/a memory bomb .*\n.*it got 1024 pages \(64 MiB\), and no more\n/);
    expect(job.stdout).toMatch(/a bomb that goes on .*: TRAP after/);
    expect(job.stdout).toMatch(/a secret column .*IPC_SECRET_LEAK .*\n.*\(no guest was started\)/);
    expect(job.stdout.match(/The next query, from Berlin to Paris, answered 877/g)).toHaveLength(4);
    expect(job.stdout).not.toContain("NOT CONTAINED");
  });

  it("writes a page with every route on the map and in a table", () => {
    const page = readFileSync(path, "utf8");
    expect(page.match(/<g class="arc /g)).toHaveLength(25);
    expect(page.match(/<th scope="row">[A-Z0-9]{3} – [A-Z0-9]{3}/g)).toHaveLength(25);
    expect(page).not.toMatch(/https?:/);
  });

  it.skipIf(CHROMIUM === undefined).each(READERS)(
    `reads well at $width px, $colorScheme${NEEDS_CHROMIUM}`,
    async (reader) => {
      expectReadable(await visitPage(path, reader), reader);
    },
  );
});

describe("the main job, stopped by Ctrl-C", () => {
  it("ends in the middle of a query, says how far it came, and leaves the old report", async () => {
    const path = join(folder, "old.html");
    writeFileSync(path, "the report before");
    const job = await runMain(["--output", path], { preload: "interrupt-mid-query.mjs" });
    expect({ status: job.status, stdout: job.stdout }).toEqual({ status: 130, stdout: "" });
    const [, done = "0"] =
      /^stopped at: distances by Extism, ([\d,]+) of 3,000,000 flights; no report was written\n$/.exec(
        job.stderr,
      ) ?? [];
    expect(Number(done.replaceAll(",", ""))).toBeGreaterThan(100_000);
    expect(readFileSync(path, "utf8")).toBe("the report before");
    expect(readdirSync(folder).filter((name) => name.includes("tmp"))).toEqual([]);
  }, 60_000);

  it("ends before it has begun", async () => {
    const path = join(folder, "none.html");
    const job = await runMain(["--output", path], { preload: "interrupt-once-ready.mjs" });
    expect({ status: job.status, stdout: job.stdout }).toEqual({ status: 130, stdout: "" });
    expect(job.stderr).toMatch(/^stopped at: .*; no report was written\n$/);
    expect(existsSync(path)).toBe(false);
  }, 60_000);
});

describe("the main job, asked for what there is not", () => {
  it("names an argument that it does not know, and says which there are", async () => {
    const job = await runMain(["--outptu", "x.html"]);
    expect({ status: job.status, stdout: job.stdout }).toEqual({ status: 1, stdout: "" });
    expect(job.stderr).toMatch(
      /^error: .*--outptu.*; usage: npm start -- \[--output FILE\.html\]\n$/,
    );
  });

  it("says before it starts that it cannot write there", async () => {
    const file = join(folder, "a-file");
    writeFileSync(file, "");
    const started = performance.now();
    const job = await runMain(["--output", join(file, "report.html")]);
    expect({ status: job.status, stdout: job.stdout }).toEqual({ status: 1, stdout: "" });
    expect(job.stderr).toMatch(/^error: .*(EEXIST|ENOTDIR).*a-file.*\n$/);
    expect(performance.now() - started).toBeLessThan(15_000);
  });
});
