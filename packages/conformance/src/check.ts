/** One thing that is true of a loader or a plugin, or is not. */
export interface Check {
  /** Says the same of every subject and in every version, such as `fresh.every-call@thread`. */
  readonly id: string;
  /** The behaviour, as a sentence without its subject. */
  readonly title: string;
  /** Why it says nothing about this subject, which has declared so; it is not run then. */
  readonly exempt?: string | undefined;
  /** Rejects where it is not true: with a {@link CheckFailure}, or with whatever came up. */
  run(): Promise<void>;
}

/** What a check found, for people. */
export class CheckFailure extends Error {
  static {
    CheckFailure.prototype.name = "CheckFailure";
  }
}

/** @throws CheckFailure saying what was expected, what came and what to do, where that is known. */
export function fail(expected: string, came: unknown, next?: string): never {
  const advice = next === undefined ? "" : `; ${next}`;
  throw new CheckFailure(`expected ${expected}, got ${shown(came)}${advice}`, { cause: came });
}

const LONGEST = 500;

/** A value in a message. */
export function shown(value: unknown): string {
  if (value instanceof Error) return `${value.name}: ${cut(value.message)}`;
  if (typeof value === "bigint") return `${value}n`;
  return cut(typeof value === "string" ? JSON.stringify(value) : jsonOf(value));
}

function jsonOf(value: unknown): string {
  const text = JSON.stringify(value, (_key, part) =>
    typeof part === "bigint" ? `${part}n` : part,
  );
  return text ?? String(value);
}

function cut(text: string): string {
  return text.length <= LONGEST ? text : `${text.slice(0, LONGEST)}…`;
}
