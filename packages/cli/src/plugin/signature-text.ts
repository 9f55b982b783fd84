import type { AggregateFunction, Procedure, ScalarFunction, WireType } from "@uni/plugin";

/** A function of a plugin, whichever it is. */
export type PluginFunction =
  | { readonly kind: "scalar"; readonly callee: ScalarFunction }
  | { readonly kind: "aggregate"; readonly callee: AggregateFunction }
  | { readonly kind: "procedure"; readonly callee: Procedure };

/** A wire type as people write it. */
export function typeText(type: WireType): string {
  switch (type.kind) {
    case "primitive":
      return type.arrow;
    case "cypher_value":
      return "cypher_value";
    case "vector":
      return `vector<${type.element}, ${type.len}>`;
    case "variadic":
      return `${typeText(type.inner)}…`;
  }
}

function typesText(types: readonly WireType[]): string {
  return types.map(typeText).join(", ");
}

/** Such as `haversine(float64, float64) → float64`. */
export function signatureText({ kind, callee }: PluginFunction): string {
  const { name, signature } = callee;
  const gives =
    kind === "procedure"
      ? `(${typesText(callee.signature.yields)})`
      : typeText(callee.signature.returns);
  return `${name.local}(${typesText(signature.args)}) → ${gives}`;
}

/** What a caller may rely on, in words. */
export function traitsText({ kind, callee }: PluginFunction): string {
  if (kind === "procedure") return callee.signature.mode;
  const { volatility, nullHandling } = callee.signature;
  if (kind === "aggregate") return `${volatility}, state ${typeText(callee.signature.state)}`;
  return `${volatility}, ${nullHandling === "propagate" ? "propagates nulls" : "handles nulls"}`;
}
