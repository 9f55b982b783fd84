import type { PrimitiveName } from "@uni/plugin";

type FixedArray =
  | Int32ArrayConstructor
  | BigInt64ArrayConstructor
  | Float32ArrayConstructor
  | Float64ArrayConstructor;

/** How the values of a type lie in memory: in Arrow, in DuckDB, and what is between the two. */
export type Layout =
  /** The same in both. */
  | { readonly kind: "fixed"; readonly array: FixedArray }
  /** A bit in Arrow, a byte in DuckDB. */
  | { readonly kind: "boolean" }
  /** Milliseconds in 64 bits in Arrow, days in 32 in DuckDB, both since 1970-01-01. */
  | { readonly kind: "date" }
  /** Offsets and bytes in Arrow; 16 bytes a row in DuckDB, which point to bytes where they are many. */
  | { readonly kind: "bytes"; readonly wide: boolean };

export const LAYOUTS: Readonly<Record<PrimitiveName, Layout>> = {
  int32: { kind: "fixed", array: Int32Array },
  int64: { kind: "fixed", array: BigInt64Array },
  float32: { kind: "fixed", array: Float32Array },
  float64: { kind: "fixed", array: Float64Array },
  timestamp_ms: { kind: "fixed", array: BigInt64Array },
  boolean: { kind: "boolean" },
  date64: { kind: "date" },
  utf8: { kind: "bytes", wide: false },
  binary: { kind: "bytes", wide: false },
  largebinary: { kind: "bytes", wide: true },
};

export const MS_PER_DAY = 86_400_000;
