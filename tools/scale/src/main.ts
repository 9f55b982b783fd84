/**
 * What a call costs and what memory is held while plugins, callers, rows and bytes grow.
 *
 *     pnpm scale [--quick] [--axis plugins|callers|rows|bytes] [--reports FOLDER]
 *
 * @module
 */
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { git } from "@uni/processes";
import { describeMachine, writeWhole } from "@uni/reports";
import { AXES } from "./axes.ts";
import { measureCurves } from "./measure-curves.ts";
import { readArguments, UsageError } from "./read-arguments.ts";
import { scalePage } from "./report/page.ts";
import type { Report } from "./report/report.ts";
import { curveTable } from "./report/tables.ts";

const INTERRUPTED = 130;
const FAILED = 1;
const ROOT = new URL("../../..", import.meta.url);
/** A commit by its hash, with `-dirty` where files differ from it. */
const NAMED = ["--always", "--dirty", "--abbrev=9", "--exclude=*"];
const ERASED = "\r\u001b[2K";

const interrupted = new AbortController();
process.once("SIGINT", () => interrupted.abort());
process.once("SIGTERM", () => interrupted.abort());
const { signal } = interrupted;

const { stderr } = process;
let step = "";
const show = (text: string) => {
  if (stderr.isTTY) stderr.write(ERASED + text);
};

try {
  const args = readArguments(
    process.argv.slice(2),
    AXES.map(({ name }) => name),
  );
  const { quick, reports } = args;
  const madeAt = new Date().toISOString();
  const start = performance.now();
  const commit = git(ROOT, "describe", ...NAMED).trim();
  await mkdir(join(reports, "scale"), { recursive: true });
  const curves = await measureCurves(
    args,
    (what, done, total) => {
      step = `${done} of ${total} points: ${what}`;
      show(step);
    },
    (curve) => {
      show("");
      console.log(`${curveTable(curve)}\n`);
    },
    signal,
  );
  show("");
  const elapsedMs = performance.now() - start;
  const machine = describeMachine();
  const report: Report = { commit, madeAt, machine, quick, elapsedMs, curves };
  const page = join(reports, "scale.html");
  const numbers = join(reports, "scale", `${commit}.json`);
  await writeWhole(numbers, `${JSON.stringify(report, undefined, 2)}\n`, signal);
  await writeWhole(page, scalePage(report), signal);
  console.log(`${Math.round(elapsedMs / 1000)} s\n${numbers}\n${page}`);
} catch (error) {
  show("");
  if (signal.aborted) {
    console.error(`stopped at ${step}; no report was written`);
    process.exitCode = INTERRUPTED;
  } else if (error instanceof UsageError) {
    console.error(`error: ${error.message}`);
    process.exitCode = FAILED;
  } else throw error;
}
