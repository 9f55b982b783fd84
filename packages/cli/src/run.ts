import { CommanderError } from "commander";
import { explain, stackOf } from "./errors/explain.ts";
import { makeProgram } from "./program.ts";
import { ReaderGone, type Streams, Terminal } from "./terminal/terminal.ts";

const ENDED = 130;
const USAGE = 2;

/**
 * Runs the command line.
 *
 * @param args what stands behind the command's name.
 * @param streams where it reads and prints, such as `process`.
 * @param signal ends it: calls and queries under way stop, and nothing half-written is left.
 * @returns what the process should exit with: 0, 1 for a failure, 2 where the command line cannot be
 * understood, 130 where it was ended.
 * @example
 * ```ts
 * process.exitCode = await run(["inspect", "geo.wasm", "--json"], process);
 * ```
 */
export async function run(
  args: readonly string[],
  streams: Streams,
  signal: AbortSignal = new AbortController().signal,
): Promise<number> {
  const terminal = new Terminal(streams);
  const program = makeProgram({ terminal, signal });
  try {
    await program.parseAsync(args, { from: "user" });
    return signal.aborted ? ENDED : program.status;
  } catch (error) {
    terminal.progress("");
    if (signal.aborted) return ENDED;
    if (error instanceof ReaderGone) return 0;
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : USAGE;
    const { message, hint, status } = explain(error);
    terminal.note({ style: "red", text: "error:" }, ` ${message}`);
    if (hint !== undefined) terminal.note({ style: "yellow", text: "hint:" }, ` ${hint}`);
    if (args.includes("--debug")) terminal.noteLines(`${stackOf(error)}\n`);
    return status;
  }
}
