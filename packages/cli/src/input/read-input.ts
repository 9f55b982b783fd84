import { stat } from "node:fs/promises";
import type { RecordBatch } from "apache-arrow";
import type { CommandContext } from "../command-context.ts";
import { CliError } from "../errors/cli-error.ts";
import { fileError } from "../errors/file-error.ts";
import { type InputFormat, inputFormat } from "../files/formats.ts";
import { nameOf, readBytes } from "../plugin/read-bytes.ts";
import type { PluginFunction } from "../plugin/signature-text.ts";
import { readArrow } from "./read-arrow.ts";
import { readTable } from "./read-table.ts";
import { SpooledInput } from "./spooled-input.ts";

export interface InputOptions {
  /** A path; `-` is the standard input. */
  readonly input: string;
  readonly inputFormat?: InputFormat | undefined;
  /** The columns that are the arguments, in their order; all of them where it is absent. */
  readonly columns?: readonly string[] | undefined;
}

/**
 * The rows of a file as arguments of a function, batch by batch.
 *
 * @throws CliError `FILE` or `INPUT` where it cannot be read, `ARGUMENTS` where its columns are not
 * what the function takes.
 */
export async function* readInput(
  fn: PluginFunction,
  { input, inputFormat: said, columns }: InputOptions,
  context: CommandContext,
): AsyncGenerator<RecordBatch> {
  if (input !== "-") await requireRows(input);
  const format = said ?? inputFormat(input);
  if (format === "arrow") {
    yield* readArrow(fn, { path: input, columns, bytes: await readBytes(input, context) });
    return;
  }
  if (input !== "-") {
    yield* readTable(fn, { path: input, name: input, format, columns }, context.signal);
    return;
  }
  // DuckDB looks at a file more than once.
  const bytes = await readBytes(input, context);
  await using spooled = await SpooledInput.write(bytes, format);
  const { path } = spooled;
  yield* readTable(fn, { path, name: nameOf(input), format, columns }, context.signal);
}

async function requireRows(path: string): Promise<void> {
  try {
    const found = await stat(path);
    if (found.isDirectory()) throw new CliError("FILE", `cannot read ${path}: it is a folder`);
    if (found.isFile() && found.size === 0) {
      throw new CliError("FILE", `cannot read ${path}: it is empty`);
    }
  } catch (cause) {
    throw fileError("FILE", "read", path, cause);
  }
}
