import type { Check } from "../check.ts";
import { shown } from "../check.ts";

/** What became of one check. */
export interface CheckResult {
  readonly id: string;
  readonly title: string;
  readonly status: "passed" | "failed" | "exempt";
  readonly milliseconds: number;
  /** What was found, or why the check says nothing. */
  readonly message?: string;
}

/** What became of all of them; as JSON it is what tools read. */
export interface Report {
  /** Changes where a tool that reads reports has to change. */
  readonly format: 1;
  readonly subject: string;
  readonly passed: number;
  readonly failed: number;
  readonly exempt: number;
  readonly checks: readonly CheckResult[];
}

/** How checks are run. */
export interface RunOptions {
  /** What is checked, such as a file's name. */
  readonly subject: string;
  /** Is told of every result as it comes. */
  readonly onResult?: (result: CheckResult, done: number, all: number) => void;
  /** Ends the run: the checks that are left are not in the report, which is then not returned. */
  readonly signal?: AbortSignal;
}

/**
 * Runs checks one after another.
 *
 * @throws the signal's reason where it ends the run.
 */
export async function runChecks(
  checks: readonly Check[],
  { subject, onResult, signal }: RunOptions,
): Promise<Report> {
  const results: CheckResult[] = [];
  for (const check of checks) {
    signal?.throwIfAborted();
    const result = await resultOf(check);
    results.push(result);
    onResult?.(result, results.length, checks.length);
  }
  const count = (status: CheckResult["status"]) =>
    results.filter((result) => result.status === status).length;
  return {
    format: 1,
    subject,
    passed: count("passed"),
    failed: count("failed"),
    exempt: count("exempt"),
    checks: results,
  };
}

async function resultOf({ id, title, exempt, run }: Check): Promise<CheckResult> {
  if (exempt !== undefined) {
    return { id, title, status: "exempt", milliseconds: 0, message: exempt };
  }
  const start = performance.now();
  const spent = () => Math.round(performance.now() - start);
  try {
    await run();
    return { id, title, status: "passed", milliseconds: spent() };
  } catch (error) {
    const message =
      error instanceof Error && error.name === "CheckFailure" ? error.message : shown(error);
    return { id, title, status: "failed", milliseconds: spent(), message };
  }
}
