const PREAMBLE_BYTES = 8;
const START_SECTION = 8;

/**
 * Whether instantiating a module runs guest code. The bytes must be a module that the engine took:
 * nothing is checked here.
 *
 * WebAssembly core specification, "Modules" in the binary format: after the preamble, sections of an
 * id byte, a size as unsigned LEB128, and as many bytes.
 */
export function hasStart(bytes: Uint8Array): boolean {
  let at = PREAMBLE_BYTES;
  while (at < bytes.length) {
    if (bytes[at++] === START_SECTION) return true;
    let size = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = bytes[at++] ?? 0;
      size += (byte & 0x7f) * 2 ** shift;
      if (byte < 0x80) break;
    }
    at += size;
  }
  return false;
}
