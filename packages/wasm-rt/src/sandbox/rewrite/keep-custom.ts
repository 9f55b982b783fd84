import { BinaryReader } from "../binary-reader.ts";
import type { ModuleSection } from "../module-sections.ts";

// Custom sections of which offsets in the code are the content: branch hints and their like (appendix
// "Custom Sections" of the core specification 3.0), DWARF, and what a linker of LLVM reads
// (tool-conventions, "Linking").
const OF_CODE_OFFSETS = /^(metadata\.code\.|\.debug_|reloc\.|linking$|external_debug_info$)/;
const TEXT = new TextDecoder();

/** Whether a custom section is still true once the code has moved. */
export function survives(bytes: Uint8Array, { contentStart }: ModuleSection): boolean {
  const reader = new BinaryReader(bytes, contentStart);
  const length = reader.unsigned();
  return !OF_CODE_OFFSETS.test(TEXT.decode(bytes.subarray(reader.at, reader.at + length)));
}
