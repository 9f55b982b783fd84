import type { ValueType, WireType } from "@uni/plugin";

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
