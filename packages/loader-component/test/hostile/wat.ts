// Components from WebAssembly text. The assembler does not validate, so a text may be hostile.
import { parse } from "@bytecodealliance/jco-transpile/wasm-tools";

export async function assemble(wat: string): Promise<Uint8Array> {
  return await parse(wat);
}

/** The bytes with a custom section appended. */
export function withCustomSection(bytes: Uint8Array, name: string, text: string): Uint8Array {
  const label = new TextEncoder().encode(name);
  const payload = new TextEncoder().encode(text);
  const size = [...leb128(label.length), ...label, ...payload];
  return Uint8Array.from([...bytes, 0, ...leb128(size.length), ...size]);
}

function leb128(value: number): number[] {
  return value < 0x80 ? [value] : [(value & 0x7f) | 0x80, ...leb128(value >>> 7)];
}

/** A component that exports `run: func() -> u32`, which returns 7. */
export const ANSWERS_SEVEN = `(component
  (core module $m (func (export "f") (result i32) i32.const 7))
  (core instance $i (instantiate $m))
  (alias core export $i "f" (core func $f))
  (func (export "run") (result u32) (canon lift (core func $f))))`;
