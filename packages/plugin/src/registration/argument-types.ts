import type { ValueType, WireType } from "./wire-type.ts";

/**
 * The type of each column of a call that has so many: a variadic argument is as many as are left, none
 * at least. Where there are fewer columns than a function takes, it still takes all of them.
 */
export function argumentTypes(args: readonly WireType[], columns: number): ValueType[] {
  const types: ValueType[] = [];
  for (const arg of args) {
    if (arg.kind !== "variadic") types.push(arg);
    else while (types.length < columns) types.push(arg.inner);
  }
  return types;
}
