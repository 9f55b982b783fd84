import type { ValueType, WireType } from "@uni/plugin";

/** The types of as many columns as a call has, the variadic argument's repeated. */
export function argumentTypes(args: readonly WireType[], columns: number): ValueType[] {
  const types: ValueType[] = [];
  for (const arg of args) {
    if (arg.kind !== "variadic") types.push(arg);
    else while (types.length < columns) types.push(arg.inner);
  }
  return types;
}

/** The arguments that every call has, and the one that it may have any number of. */
export function splitArguments(args: readonly WireType[]): {
  readonly fixed: readonly ValueType[];
  readonly variadic: ValueType | undefined;
} {
  const last = args.at(-1);
  const variadic = last?.kind === "variadic" ? last.inner : undefined;
  const fixed = args.flatMap((arg) => (arg.kind === "variadic" ? [] : [arg]));
  return { fixed, variadic };
}
