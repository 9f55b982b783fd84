/**
 * What a guest passed, as a handler takes it: an i32 unsigned, since preview 1 has no signed one,
 * and an i64 as the BigInt that it is.
 *
 * A module may import a function with whatever parameters it likes, and the engine passes those
 * on: fewer, or floats and references. Such a call has no meaning: undefined.
 */
export function readParameters(
  types: readonly ("i32" | "i64")[],
  passed: readonly unknown[],
): (number | bigint)[] | undefined {
  const values: (number | bigint)[] = [];
  for (const [at, type] of types.entries()) {
    const value = passed[at];
    if (type === "i32" && typeof value === "number") values.push(value >>> 0);
    else if (type === "i64" && typeof value === "bigint") values.push(value);
    else return undefined;
  }
  return values;
}
