import { readFile } from "node:fs/promises";
import { addAbortSignal, type Readable } from "node:stream";
import type { CommandContext } from "../command-context.ts";
import { CliError } from "../errors/cli-error.ts";
import { fileError } from "../errors/file-error.ts";

/**
 * All bytes of a file; `-` is the standard input.
 *
 * @throws CliError `FILE` where it cannot be read or has no bytes.
 */
export async function readBytes(
  path: string,
  { terminal, signal }: CommandContext,
): Promise<Uint8Array<ArrayBuffer>> {
  const bytes =
    path === "-" ? await readAll(terminal.stdin, signal) : await readWhole(path, signal);
  if (bytes.length > 0) return bytes;
  throw new CliError("FILE", `cannot read ${nameOf(path)}: it is empty`);
}

/** How messages call a path. */
export function nameOf(path: string): string {
  return path === "-" ? "the standard input" : path;
}

async function readWhole(path: string, signal: AbortSignal): Promise<Uint8Array<ArrayBuffer>> {
  try {
    // A Buffer may be a view of memory that is shared with others.
    return new Uint8Array(await readFile(path, { signal }));
  } catch (cause) {
    if (signal.aborted) throw cause;
    throw fileError("FILE", "read", path, cause);
  }
}

async function readAll(stdin: Readable, signal: AbortSignal): Promise<Uint8Array<ArrayBuffer>> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of addAbortSignal(signal, stdin)) {
    chunks.push(typeof chunk === "string" ? Buffer.from(chunk) : chunk);
  }
  return new Uint8Array(Buffer.concat(chunks));
}
