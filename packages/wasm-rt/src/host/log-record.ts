/** How much a message matters, least first. */
export type LogLevel = "trace" | "debug" | "info" | "warn" | "error";

/** A message of a plugin. */
export interface LogRecord {
  readonly pluginId: string;
  readonly level: LogLevel;
  /** At most 64 KiB of what the plugin said. */
  readonly message: string;
}

const LEVELS: ReadonlySet<string> = new Set(["trace", "debug", "info", "warn", "error"]);

/** A level as a plugin names it; one that is unknown counts as `info`. */
export function logLevel(name: string): LogLevel {
  const folded = name.toLowerCase();
  // The set holds exactly the members of the type.
  return LEVELS.has(folded) ? (folded as LogLevel) : "info";
}
