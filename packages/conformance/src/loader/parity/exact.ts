/**
 * Values as texts that differ where the values do: a double is the shortest text that gives the same
 * double, which tells `-0` from `0`.
 */
export function exact(value: unknown): string {
  if (typeof value === "number") return Object.is(value, -0) ? "-0" : String(value);
  if (typeof value === "bigint") return `${value}n`;
  if (value instanceof Date) return `date ${value.getTime()}`;
  if (value instanceof Uint8Array) return `0x${Buffer.from(value).toString("hex")}`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  // What is left is a vector: what else a column can hold is above.
  return `[${[...(value as Iterable<unknown>)].map(exact).join(", ")}]`;
}
