import { trapped } from "./trapped.ts";

/** A type of core WebAssembly that values are passed as. */
export type FlatType = "i32" | "i64" | "f32" | "f64";

export type FlatValue = number | bigint;

/** Reads core values one after another. */
export class FlatReader {
  readonly #values: readonly unknown[];
  #at = 0;

  constructor(values: readonly unknown[]) {
    this.#values = values;
  }

  /** An i32, f32 or f64. */
  number(): number {
    const value = this.#values[this.#at++];
    if (typeof value !== "number") throw trapped(mismatch(value));
    return value;
  }

  bigint(): bigint {
    const value = this.#values[this.#at++];
    if (typeof value !== "bigint") throw trapped(mismatch(value));
    return value;
  }

  next(type: FlatType): FlatValue {
    return type === "i64" ? this.bigint() : this.number();
  }
}

function mismatch(value: unknown): string {
  return `a core function passes ${typeof value} where its type says something else`;
}

/** The core type that can hold either; CanonicalABI.md, `join`. */
export function joined(a: FlatType, b: FlatType): FlatType {
  if (a === b) return a;
  return isWord(a) && isWord(b) ? "i32" : "i64";
}

/** A core value in the slot of a type that was joined of several. */
export function widen(value: FlatValue, from: FlatType, to: FlatType): FlatValue {
  if (from === to) return value;
  const bits = toBits(value, from);
  return to === "i32" ? Number(bits) : bits;
}

/** The core value in a slot of a type that was joined of several. */
export function narrow(value: FlatValue, from: FlatType, to: FlatType): FlatValue {
  if (from === to) return value;
  return fromBits(toBits(value, from), to);
}

function isWord(type: FlatType): boolean {
  return type === "i32" || type === "f32";
}

const scratch = new DataView(new ArrayBuffer(8));

function toBits(value: FlatValue, type: FlatType): bigint {
  scratch.setBigUint64(0, 0n, true);
  if (typeof value === "bigint") scratch.setBigUint64(0, value, true);
  else if (type === "f64") scratch.setFloat64(0, value, true);
  else if (type === "f32") scratch.setFloat32(0, value, true);
  else scratch.setInt32(0, value, true);
  return scratch.getBigUint64(0, true);
}

function fromBits(bits: bigint, type: FlatType): FlatValue {
  scratch.setBigUint64(0, bits, true);
  if (type === "i64") return bits;
  if (type === "f64") return scratch.getFloat64(0, true);
  return type === "f32" ? scratch.getFloat32(0, true) : scratch.getInt32(0, true);
}
