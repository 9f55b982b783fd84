import type { z } from "zod";
import { PluginError, type PluginErrorCode } from "./errors/plugin-error.ts";

const MAX_ISSUES = 5;
// A plugin chooses the names of its unknown fields, and how many there are.
const MAX_ISSUE_LENGTH = 1000;

/**
 * Parses one of a plugin's JSON documents against its schema. Every problem is named by the path of
 * its field.
 *
 * @param schemaOf the schema for what the document says.
 * @param what names the document in messages, by what it says itself where it is JSON.
 */
export function parseDocument<T>(
  json: string,
  schemaOf: (value: unknown) => z.ZodType<T>,
  code: PluginErrorCode,
  what: (value: unknown) => string,
): T {
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch (cause) {
    throw new PluginError(code, `expected ${what(undefined)} to be JSON, got ${excerpt(json)}`, {
      cause,
    });
  }
  const result = schemaOf(value).safeParse(value);
  if (result.success) return result.data;
  const { issues } = result.error;
  const named = issues.slice(0, MAX_ISSUES).map(describe);
  const more = issues.length > MAX_ISSUES ? `; and ${issues.length - MAX_ISSUES} more` : "";
  throw new PluginError(code, `${what(value)} is not valid: ${named.join("; ")}${more}`, {
    cause: result.error,
  });
}

function describe({ path, message }: z.core.$ZodIssue): string {
  const text = shortened(message, MAX_ISSUE_LENGTH);
  return path.length === 0 ? text : `${pathText(path)}: ${text}`;
}

function pathText(path: readonly PropertyKey[]): string {
  return path.reduce<string>((text, key) => {
    if (typeof key === "number") return `${text}[${key}]`;
    return text === "" ? String(key) : `${text}.${String(key)}`;
  }, "");
}

function excerpt(text: string): string {
  return JSON.stringify(shortened(text, 80));
}

function shortened(text: string, maxLength: number): string {
  return text.length > maxLength ? `${text.slice(0, maxLength)}…` : text;
}
