import { DataType, Vector } from "apache-arrow";

/** ECMAScript, "Time Values and Time Range". */
const MAX_DATE_MS = 8.64e15;

/** A value of a column as people read it; a null is null. */
export function valueText(value: unknown, type: DataType): string | null {
  if (value === null || value === undefined) return null;
  if (typeof value === "string") return value;
  if (value instanceof Vector)
    return `[${[...value].map((item) => valueText(item, itemType(type)) ?? "null").join(", ")}]`;
  return scalarText(value, type);
}

/**
 * A value of a column in JSON: 64-bit integers with all of their digits, what JSON has no number for
 * (NaN and infinities) as text, bytes in hexadecimal, dates in ISO 8601.
 */
export function valueJson(value: unknown, type: DataType): string {
  if (value === null || value === undefined) return "null";
  if (value instanceof Vector)
    return `[${[...value].map((item) => valueJson(item, itemType(type))).join(",")}]`;
  if (typeof value === "boolean" || isDigits(value, type)) return String(value);
  return JSON.stringify(scalarText(value, type));
}

function isDigits(value: unknown, type: DataType): boolean {
  if (DataType.isTimestamp(type) || DataType.isDate(type)) return false;
  return typeof value === "bigint" || (typeof value === "number" && Number.isFinite(value));
}

function scalarText(value: unknown, type: DataType): string {
  if (value instanceof Uint8Array) return `0x${Buffer.from(value).toString("hex")}`;
  if (DataType.isTimestamp(type)) return isoText(Number(value), 0);
  if (DataType.isDate(type)) return isoText(Number(value), "T00:00:00.000Z".length);
  return String(value);
}

/** @param cut how much of the end is the same for all values of a type. */
function isoText(ms: number, cut: number): string {
  // A plugin's time may be further away than a Date can be.
  if (Math.abs(ms) > MAX_DATE_MS) return `${ms} ms`;
  const text = new Date(ms).toISOString();
  return cut > 0 && text.endsWith("T00:00:00.000Z") ? text.slice(0, -cut) : text;
}

function itemType(type: DataType): DataType {
  const [items] = type.children ?? [];
  return items?.type ?? type;
}
