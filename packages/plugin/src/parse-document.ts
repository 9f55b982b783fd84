import type { z } from "zod";
import { PluginError, type PluginErrorCode } from "./errors/plugin-error.ts";

const MAX_ISSUES = 5;

/**
 * Parses one of a plugin's JSON documents against its schema. Every problem is named by the path of
 * its field.
 */
export function parseDocument<T>(
  json: string,
  schema: z.ZodType<T>,
  code: PluginErrorCode,
  what: string,
): T {
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch (cause) {
    throw new PluginError(code, `expected ${what} to be JSON, got ${excerpt(json)}`, { cause });
  }
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const { issues } = result.error;
  const named = issues.slice(0, MAX_ISSUES).map(describe);
  const more = issues.length > MAX_ISSUES ? `; and ${issues.length - MAX_ISSUES} more` : "";
  throw new PluginError(code, `${what} is not valid: ${named.join("; ")}${more}`, {
    cause: result.error,
  });
}

function describe({ path, message }: z.core.$ZodIssue): string {
  return path.length === 0 ? message : `${pathText(path)}: ${message}`;
}

function pathText(path: readonly PropertyKey[]): string {
  return path.reduce<string>((text, key) => {
    if (typeof key === "number") return `${text}[${key}]`;
    return text === "" ? String(key) : `${text}.${String(key)}`;
  }, "");
}

function excerpt(text: string): string {
  return JSON.stringify(text.length > 80 ? `${text.slice(0, 80)}…` : text);
}
