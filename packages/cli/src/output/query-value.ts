import type { DuckDBValue } from "@duckdb/node-api";

/** A value of DuckDB as people read it; a null is null. */
export function queryValueText(value: DuckDBValue): string | null {
  if (value === null) return null;
  return bytesText(value) ?? String(value);
}

/** A value of DuckDB in JSON, in the ways in which the values of functions are. */
export function queryValueJson(value: DuckDBValue): string {
  if (value === null) return "null";
  if (typeof value === "boolean" || typeof value === "bigint") return String(value);
  if (typeof value === "number" && Number.isFinite(value)) return String(value);
  const nested = nestedJson(value);
  return nested ?? JSON.stringify(bytesText(value) ?? String(value));
}

/** Lists and structs by what they have, so that the package of these classes need not be loaded here. */
function nestedJson(value: DuckDBValue): string | undefined {
  if (typeof value !== "object" || value === null) return undefined;
  if ("items" in value && Array.isArray(value.items)) {
    return `[${value.items.map(queryValueJson).join(",")}]`;
  }
  // A map has a list of entries, and its keys need not be texts: that is its text.
  if (!("entries" in value) || Array.isArray(value.entries)) return undefined;
  // A struct's entries are values by their names.
  const entries = Object.entries(value.entries as Readonly<Record<string, DuckDBValue>>);
  return `{${entries.map(([key, item]) => `${JSON.stringify(key)}:${queryValueJson(item)}`).join(",")}}`;
}

function bytesText(value: DuckDBValue): string | undefined {
  const isBlob = typeof value === "object" && value !== null && "bytes" in value;
  if (!isBlob || !(value.bytes instanceof Uint8Array)) return undefined;
  return `0x${Buffer.from(value.bytes).toString("hex")}`;
}
