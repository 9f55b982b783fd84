/**
 * The main job: three million flights, the distance between their airports computed in DuckDB by a
 * WebAssembly plugin in three formats; what else plugins do in SQL; and what hostile ones cannot do.
 *
 * @module
 */
import { mkdir } from "node:fs/promises";
import { dirname } from "node:path";
import { writeWhole } from "@uni/reports";
import { reportPage } from "./page/page.ts";
import { Progress } from "./progress.ts";
import { outputPath, UsageError } from "./read-arguments.ts";
import { reportText } from "./report/report-text.ts";
import { isRight } from "./report/verdict.ts";
import { runJob } from "./run-job.ts";

const INTERRUPTED = 130;
const FAILED = 1;

const interrupted = new AbortController();
process.once("SIGINT", () => interrupted.abort());
process.once("SIGTERM", () => interrupted.abort());

const { signal } = interrupted;
const isSystemError = (error: unknown) => error instanceof Error && "syscall" in error;
const progress = new Progress(process.stderr);
try {
  const path = outputPath(process.argv.slice(2));
  await mkdir(dirname(path), { recursive: true });
  const report = await runJob(progress, signal);
  progress.begin("writing the report");
  await writeWhole(path, reportPage(report), signal);
  progress[Symbol.dispose]();
  console.log(`${reportText(report)}\nreport\n${path}`);
  if (!isRight(report)) process.exitCode = FAILED;
} catch (error) {
  progress[Symbol.dispose]();
  if (signal.aborted) {
    console.error(`stopped at: ${progress}; no report was written`);
    process.exitCode = INTERRUPTED;
  } else if (error instanceof UsageError || isSystemError(error)) {
    console.error(`error: ${error instanceof Error ? error.message : error}`);
    process.exitCode = FAILED;
  } else throw error;
}
