import type { PrimitiveName, ValueType } from "@uni/plugin";

/** A value that a text does not stand for; the message says what would be one. */
export class NotAValue extends Error {}

/** What stands for a null, of every type. */
const NULL = "null";

const INT32_END = 2n ** 31n;
const INT64_END = 2n ** 63n;
const MS_PER_DAY = 86_400_000;

const PARSERS: Readonly<Record<PrimitiveName, (text: string) => unknown>> = {
  int32: (text) => Number(integer(text, INT32_END)),
  int64: (text) => integer(text, INT64_END),
  float32: number,
  float64: number,
  boolean: (text) => {
    if (text === "true" || text === "false") return text === "true";
    throw new NotAValue("true or false");
  },
  utf8: (text) => unquoted(text),
  binary: bytes,
  largebinary: bytes,
  date64: day,
  timestamp_ms: instant,
};

/**
 * The value that a text of the command line stands for, as builders of apache-arrow take it.
 *
 * @throws NotAValue saying how values of the type are written.
 */
export function parseValue(text: string, type: ValueType): unknown {
  if (text === NULL) return null;
  switch (type.kind) {
    case "primitive":
      return PARSERS[type.arrow](text);
    case "cypher_value":
      return bytes(text);
    case "vector":
      return vector(text, type);
  }
}

function integer(text: string, end: bigint): bigint {
  if (!/^[+-]?\d{1,30}$/.test(text)) throw new NotAValue("an integer such as 42");
  const value = BigInt(text.replace("+", ""));
  if (value >= -end && value < end) return value;
  throw new NotAValue(`an integer from ${-end} to ${end - 1n}`);
}

function number(text: string): number {
  const isNumber = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text);
  if (isNumber || /^(NaN|[+-]?Infinity)$/.test(text)) return Number(text);
  throw new NotAValue("a number such as 52.5, NaN or -Infinity");
}

/** A text in quotes is JSON: so the text `null` can be written, and any control character. */
function unquoted(text: string): string {
  if (!/^".*"$/s.test(text)) return text;
  try {
    return String(JSON.parse(text));
  } catch {
    return text;
  }
}

function bytes(text: string): Uint8Array {
  if (/^0x([0-9a-f]{2})*$/i.test(text)) return new Uint8Array(Buffer.from(text.slice(2), "hex"));
  throw new NotAValue("bytes in hexadecimal such as 0x00ff");
}

function day(text: string): number {
  const ms = /^[+-]?\d{4,6}-\d\d-\d\d$/.test(text) ? Date.parse(`${text}T00:00:00Z`) : Number.NaN;
  // A day that its month does not have is taken for one of the next month, or for none.
  if (ms % MS_PER_DAY === 0 && new Date(ms).toISOString().startsWith(text)) return ms;
  throw new NotAValue("a day such as 2024-02-29");
}

const INSTANT =
  /^([+-]?\d{4,6}-\d\d-\d\d)(?:[T ](\d\d:\d\d(?::\d\d(?:\.\d{1,3})?)?)(Z|[+-]\d\d:\d\d)?)?$/;

function instant(text: string): number {
  const [, date = "", time = "00:00", zone = "Z"] = INSTANT.exec(text) ?? [];
  // Without a zone it is UTC, wherever this runs.
  const ms = date === "" ? Number.NaN : Date.parse(`${date}T${time}${zone}`);
  if (!Number.isNaN(ms) && day(date) !== undefined) return ms;
  throw new NotAValue("a time such as 2024-02-29T12:00:00Z");
}

function vector(text: string, type: Extract<ValueType, { kind: "vector" }>): unknown[] {
  const [, inner] = /^\s*\[(.*)\]\s*$/s.exec(text) ?? [];
  const example = `${type.len} values of ${type.element} such as [1,2,3]`;
  if (inner === undefined) throw new NotAValue(example);
  const items = type.element === "utf8" ? texts(text) : inner.split(",").map((item) => item.trim());
  if (items?.length !== type.len) throw new NotAValue(example);
  return items.map((item) => parseValue(item, { kind: "primitive", arrow: type.element }));
}

/** Texts can have commas, so that a list of them is JSON. */
function texts(text: string): string[] | undefined {
  try {
    const items: unknown = JSON.parse(text);
    return Array.isArray(items)
      ? items.map((item) => (item === null ? NULL : String(item)))
      : undefined;
  } catch {
    return undefined;
  }
}
