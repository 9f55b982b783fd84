import { resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";

/** Under the repository, where Git does not look; the same from src/ and from dist/. */
const DEFAULT_OUTPUT = fileURLToPath(new URL("../../../reports/flights.html", import.meta.url));

/** The arguments are not those that there are. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}

/**
 * Where the report goes.
 *
 * @throws {UsageError} for an argument that does not exist; the message says what there is.
 */
export function outputPath(args: readonly string[]): string {
  try {
    const { values } = parseArgs({ args: [...args], options: { output: { type: "string" } } });
    return values.output === undefined ? DEFAULT_OUTPUT : resolve(values.output);
  } catch (cause) {
    const problem = cause instanceof Error ? cause.message : String(cause);
    throw new UsageError(`${problem}; usage: npm start -- [--output FILE.html]`, { cause });
  }
}
