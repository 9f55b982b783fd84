/** How much a message matters, least first. */
export type LogLevel = "trace" | "debug" | "info" | "warn" | "error";

/** A message of a plugin. */
export interface LogRecord {
  readonly pluginId: string;
  readonly level: LogLevel;
  /** At most 64 KiB of what the plugin said. */
  readonly message: string;
}

const MAX_MESSAGE_BYTES = 1 << 16;

/** The first 64 KiB of a message as UTF-8. */
export function cutMessage(message: string): string {
  // No text has more than three bytes for each of its UTF-16 code units.
  if (message.length * 3 <= MAX_MESSAGE_BYTES) return message;
  const { read } = new TextEncoder().encodeInto(message, new Uint8Array(MAX_MESSAGE_BYTES));
  return message.slice(0, read);
}

const LEVELS: ReadonlySet<string> = new Set(["trace", "debug", "info", "warn", "error"]);

/** A level as a plugin names it; one that is unknown counts as `info`. */
export function logLevel(name: string): LogLevel {
  const folded = name.toLowerCase();
  // The set holds exactly the members of the type.
  return LEVELS.has(folded) ? (folded as LogLevel) : "info";
}
