import { createReadStream } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { CommandContext } from "../command-context.ts";
import { CliError } from "../errors/cli-error.ts";
import { isBinary, type OutputFormat, outputFormat } from "../files/formats.ts";
import type { Terminal } from "../terminal/terminal.ts";
import { AtomicFile } from "./atomic-file.ts";
import { chunksOf } from "./chunks.ts";
import type { Result } from "./result.ts";
import { writeTable } from "./write-table.ts";

export interface OutputOptions {
  readonly output?: string | undefined;
  readonly format?: OutputFormat | undefined;
  readonly json?: boolean | undefined;
}

/** Where a result goes, and as what. */
export interface Target {
  /** Undefined for the standard output. */
  readonly path: string | undefined;
  readonly format: OutputFormat;
}

/** @throws CliError `USAGE` for what does not go together. */
export function targetOf({ output, format, json }: OutputOptions, terminal: Terminal): Target {
  if (json && format !== undefined && format !== "json") {
    throw new CliError("USAGE", `--json and --format ${format} contradict each other`);
  }
  const chosen = json ? "json" : format;
  if (output !== undefined && output !== "-") {
    if (chosen === "table") throw new CliError("USAGE", "a table is for terminals, not for files");
    return { path: output, format: chosen ?? outputFormat(output) };
  }
  const usual = terminal.isInteractive ? "table" : "csv";
  const target = { path: undefined, format: chosen ?? usual };
  if (!terminal.isInteractive || !isBinary(target.format)) return target;
  throw new CliError("USAGE", `${target.format} is not for a terminal`, {
    hint: "write it to a file with --output, or into a pipe",
  });
}

/** Writes a result, whole or not at all where it goes to a file. */
export async function writeResult(
  result: Result,
  { path, format }: Target,
  { terminal, signal }: CommandContext,
): Promise<void> {
  if (path === undefined) {
    await writeTo((chunk) => terminal.write(chunk), result, format, terminal);
    return;
  }
  await using file = await AtomicFile.create(path);
  if (format === "parquet" && !file.isDirect) await result.parquet(file.path);
  else await writeTo((chunk) => file.write(chunk), result, format, terminal);
  // Where everything was written before it was noticed, the command still was ended.
  signal.throwIfAborted();
  await file.commit();
}

async function writeTo(
  write: (chunk: string | Uint8Array) => Promise<void>,
  result: Result,
  format: OutputFormat,
  terminal: Terminal,
): Promise<void> {
  if (format === "table") await writeTable(result, terminal);
  else if (format === "parquet") await copyParquet(result, write);
  else for await (const chunk of chunksOf(result, format)) await write(chunk);
}

/** A Parquet file is written as a whole, and then passed on. */
async function copyParquet(
  result: Result,
  write: (chunk: Uint8Array) => Promise<void>,
): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), "uni-wasm-"));
  try {
    const path = join(folder, "result.parquet");
    await result.parquet(path);
    for await (const chunk of createReadStream(path)) await write(chunk);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
