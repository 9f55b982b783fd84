import { resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";

/** Under the repository, where Git does not look. */
const DEFAULT_REPORTS = fileURLToPath(new URL("../../../reports", import.meta.url));
const USAGE = "usage: pnpm scale [--quick] [--axis plugins|callers|rows|bytes] [--reports FOLDER]";

export interface Arguments {
  readonly quick: boolean;
  /** The only axis that is measured. */
  readonly axis: string | undefined;
  readonly reports: string;
}

/** The arguments are not those that there are. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}

/**
 * @param axes the names that there are.
 * @throws {UsageError} for an argument that does not exist; the message says what there is.
 */
export function readArguments(args: readonly string[], axes: readonly string[]): Arguments {
  const options = {
    quick: { type: "boolean", default: false },
    axis: { type: "string" },
    reports: { type: "string" },
  } as const;
  try {
    const { quick, axis, reports } = parseArgs({ args: [...args], options }).values;
    if (axis !== undefined && !axes.includes(axis)) throw new Error(`there is no axis "${axis}"`);
    return { quick, axis, reports: reports === undefined ? DEFAULT_REPORTS : resolve(reports) };
  } catch (cause) {
    const problem = cause instanceof Error ? cause.message : String(cause);
    throw new UsageError(`${problem}; ${USAGE}`, { cause });
  }
}
