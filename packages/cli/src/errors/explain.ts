import { FnError } from "@uni/plugin/errors";
import { CliError } from "./cli-error.ts";

/** An error as its reader sees it. */
export interface Explanation {
  /** One line. */
  readonly message: string;
  readonly hint: string | undefined;
  /** What the process exits with. */
  readonly status: number;
}

const HINTS: Readonly<Record<string, string>> = {
  TIMEOUT: "allow more with --timeout, where the plugin's manifest does",
  CAPABILITY_DENIED: "grant what the plugin needs with --grant, if you trust it with that",
  IPC_UNSUPPORTED: "write the file again without compression and in plain types, or as Parquet",
};

/** Says what went wrong, whoever says it. */
export function explain(error: unknown): Explanation {
  if (error instanceof CliError) {
    return { message: error.message, hint: error.hint, status: error.status };
  }
  if (!(error instanceof Error)) return { message: String(error), hint: undefined, status: 1 };
  if (error instanceof FnError) {
    return { message: `the function reported: ${error.message}`, hint: undefined, status: 1 };
  }
  const code: unknown = "code" in error ? error.code : undefined;
  const hint = typeof code === "string" ? HINTS[code] : undefined;
  return { message: firstParagraph(error.message || error.name), hint, status: 1 };
}

/** Below its message, DuckDB draws the place in the query, and lists options of its own. */
const DETAILS = /\n\s*\n|\nLINE \d+:|\nThe search space|\nPossible (fixes|solutions)/;

/** What a message says, in a line. */
export function firstParagraph(message: string): string {
  const [first = ""] = message.split(DETAILS);
  return first.trim().replace(/\s*\n\s*/g, " ");
}

/** Stacks of an error and of its causes, for `--debug`. */
export function stackOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const own = error.stack ?? error.message;
  return error.cause === undefined ? own : `${own}\ncaused by ${stackOf(error.cause)}`;
}
