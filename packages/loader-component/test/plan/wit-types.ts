// Value types of WIT as trees, drawn at random, and their text in both notations.
import fc from "fast-check";
import { PRIMITIVES, type Primitive } from "../../src/plan/types.ts";

/** A value type, written out: what WIT gives a name is in the place where it is used. */
export type WitType =
  | Primitive
  | { readonly kind: "list"; readonly element: WitType }
  | { readonly kind: "option"; readonly value: WitType }
  | { readonly kind: "tuple"; readonly items: readonly WitType[] }
  | { readonly kind: "result"; readonly ok: WitType | null; readonly err: WitType | null }
  | { readonly kind: "record"; readonly fields: readonly (readonly [string, WitType])[] }
  | { readonly kind: "variant"; readonly cases: readonly (readonly [string, WitType | null])[] }
  | { readonly kind: "enum" | "flags"; readonly names: readonly string[] };

/** A type as a signature of a plan writes it. */
export function writtenOut(type: WitType): string {
  if (typeof type === "string") return type;
  const all = (types: readonly WitType[]) => types.map(writtenOut).join(", ");
  switch (type.kind) {
    case "list":
      return `list<${writtenOut(type.element)}>`;
    case "option":
      return `option<${writtenOut(type.value)}>`;
    case "tuple":
      return `tuple<${all(type.items)}>`;
    case "result": {
      const ok = type.ok === null ? "_" : writtenOut(type.ok);
      if (type.err !== null) return `result<${ok}, ${writtenOut(type.err)}>`;
      return type.ok === null ? "result" : `result<${ok}>`;
    }
    case "record":
      return `record{${type.fields.map(([name, field]) => `${name}: ${writtenOut(field)}`).join(", ")}}`;
    case "variant":
      return `variant{${type.cases
        .map(([name, payload]) => (payload === null ? name : `${name}(${writtenOut(payload)})`))
        .join(", ")}}`;
    default:
      return `${type.kind}{${type.names.join(", ")}}`;
  }
}

/** Gives types to a WIT source: what needs a name gets one, and a definition. */
export class WitDefinitions {
  readonly lines: string[] = [];
  readonly #prefix: string;

  constructor(prefix: string) {
    this.#prefix = prefix;
  }

  use(type: WitType): string {
    if (typeof type === "string") return type;
    switch (type.kind) {
      case "list":
        return `list<${this.use(type.element)}>`;
      case "option":
        return `option<${this.use(type.value)}>`;
      case "tuple":
        return `tuple<${type.items.map((item) => this.use(item)).join(", ")}>`;
      case "result": {
        const ok = type.ok === null ? "_" : this.use(type.ok);
        if (type.err !== null) return `result<${ok}, ${this.use(type.err)}>`;
        return type.ok === null ? "result" : `result<${ok}>`;
      }
      case "record":
        return this.#define(
          "record",
          type.fields.map(([name, field]) => `%${name}: ${this.use(field)}`),
        );
      case "variant":
        return this.#define(
          "variant",
          type.cases.map(([name, payload]) =>
            payload === null ? `%${name}` : `%${name}(${this.use(payload)})`,
          ),
        );
      default:
        return this.#define(
          type.kind,
          type.names.map((name) => `%${name}`),
        );
    }
  }

  #define(kind: string, members: readonly string[]): string {
    const name = `${this.#prefix}${this.lines.length}`;
    this.lines.push(`${kind} ${name} { ${members.join(", ")} }`);
    return name;
  }
}

/** Words and acronyms with hyphens between them, as WIT has names. */
export const kebabLabel: fc.Arbitrary<string> = fc.stringMatching(
  /^([a-z][a-z0-9]{0,4}|[A-Z][A-Z0-9]{0,3})(-([a-z][a-z0-9]{0,4}|[A-Z][A-Z0-9]{0,3})){0,2}$/,
);

/** Value types with labels of this kind. Every one of them has values. */
export function witTypes(label: fc.Arbitrary<string>): fc.Arbitrary<WitType> {
  const labels = (maxLength: number) =>
    fc.uniqueArray(label, { minLength: 1, maxLength, selector: distinct });
  const primitive = fc.constantFrom(...PRIMITIVES);
  return fc.letrec<{ type: WitType; optional: WitType | null }>((tie) => {
    const named = <T>(value: fc.Arbitrary<T>) =>
      labels(5).chain((names) =>
        fc.tuple(...names.map((name) => fc.tuple(fc.constant(name), value))),
      );
    return {
      optional: fc.option(tie("type"), { nil: null, depthSize: "small" }),
      type: fc.oneof(
        { maxDepth: 4, depthSize: "small" },
        primitive,
        labels(40).map((names) => ({ kind: "enum" as const, names })),
        labels(32).map((names) => ({ kind: "flags" as const, names })),
        tie("type").map((element) => ({ kind: "list" as const, element })),
        tie("type").map((value) => ({ kind: "option" as const, value })),
        fc
          .array(tie("type"), { minLength: 1, maxLength: 5 })
          .map((items) => ({ kind: "tuple" as const, items })),
        fc
          .tuple(tie("optional"), tie("optional"))
          .map(([ok, err]) => ({ kind: "result" as const, ok, err })),
        named(tie("type")).map((fields) => ({ kind: "record" as const, fields })),
        named(tie("optional")).map((cases) => ({ kind: "variant" as const, cases })),
      ),
    };
  }).type;
}

/** Two names that differ in hyphens or in case alone are one to wasm-tools. */
function distinct(name: string): string {
  return name.toLowerCase().replaceAll("-", "");
}
