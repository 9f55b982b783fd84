/** The types of the Component Model that need no definition. */
export const PRIMITIVES = [
  "bool",
  "s8",
  "u8",
  "s16",
  "u16",
  "s32",
  "u32",
  "s64",
  "u64",
  "f32",
  "f64",
  "char",
  "string",
] as const;

export type Primitive = (typeof PRIMITIVES)[number];

/** A type where it is used: a primitive, or the index of an earlier entry of the plan's types. */
export type TypeRef = Primitive | number;

/** An entry of a plan's types; a resource is an index into its resources. */
export type PlanType =
  | { readonly kind: "record"; readonly fields: readonly (readonly [string, TypeRef])[] }
  | { readonly kind: "variant"; readonly cases: readonly (readonly [string, TypeRef | null])[] }
  | { readonly kind: "list"; readonly element: TypeRef }
  | { readonly kind: "tuple"; readonly items: readonly TypeRef[] }
  | { readonly kind: "flags"; readonly names: readonly string[] }
  | { readonly kind: "enum"; readonly names: readonly string[] }
  | { readonly kind: "option"; readonly value: TypeRef }
  | { readonly kind: "result"; readonly ok: TypeRef | null; readonly err: TypeRef | null }
  | { readonly kind: "own" | "borrow"; readonly resource: number };

export interface PlanFunctionType {
  readonly params: readonly TypeRef[];
  readonly result: TypeRef | null;
}
