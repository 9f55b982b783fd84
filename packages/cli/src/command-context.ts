import type { Terminal } from "./terminal/terminal.ts";

/** What every command gets beside its arguments. */
export interface CommandContext {
  readonly terminal: Terminal;
  /** Ends the command. */
  readonly signal: AbortSignal;
}
