// (module (func (export "trap") unreachable))
const MODULE: WebAssembly.Module = new WebAssembly.Module(
  new Uint8Array([
    ...[0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00],
    ...[0x01, 0x04, 0x01, 0x60, 0x00, 0x00],
    ...[0x03, 0x02, 0x01, 0x00],
    ...[0x07, 0x08, 0x01, 0x04, 0x74, 0x72, 0x61, 0x70, 0x00, 0x00],
    ...[0x0a, 0x05, 0x01, 0x03, 0x00, 0x00, 0x0b],
  ]),
);
const { trap: unreachable } = new WebAssembly.Instance(MODULE).exports;

/**
 * Ends the guest that called this function's caller. A guest can catch whatever JavaScript throws, and
 * cannot catch what the engine throws for `unreachable`.
 */
export function trapGuest(): never {
  if (typeof unreachable === "function") unreachable();
  throw new Error("the engine did not trap");
}
