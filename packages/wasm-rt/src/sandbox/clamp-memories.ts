import { BinaryReader, unsignedLeb128 } from "./binary-reader.ts";
import { HardenError } from "./harden-error.ts";
import { moduleSections } from "./module-sections.ts";

interface MemoryLimits {
  readonly flags: number;
  readonly min: bigint;
  readonly max: bigint | undefined;
}

const MEMORY_SECTION = 5;
// Flags of memory types: core specification "Memory Types", the threads and the memory64 proposals.
// 0x08, custom page sizes, would change what a page is.
const HAS_MAX = 0x01;
const KNOWN_FLAGS = HAS_MAX | 0x02 | 0x04;

/**
 * Gives every memory that a module defines a maximum, so that all of them together stay within
 * `maxPages`. What is left above the minima is shared out evenly.
 */
export function clampMemories(bytes: Uint8Array, maxPages: bigint): Uint8Array<ArrayBuffer> {
  for (const { id, start, contentStart, end } of moduleSections(bytes)) {
    if (id !== MEMORY_SECTION) continue;
    const memories = readMemories(bytes.subarray(contentStart, end));
    const section = clampedSection(memories, maxPages);
    const rewritten = new Uint8Array(bytes.length - (end - start) + section.length);
    rewritten.set(bytes.subarray(0, start));
    rewritten.set(section, start);
    rewritten.set(bytes.subarray(end), start + section.length);
    return rewritten;
  }
  return bytes.slice();
}

function readMemories(content: Uint8Array): MemoryLimits[] {
  const reader = new BinaryReader(content, 0);
  const count = Number(reader.unsigned());
  return Array.from({ length: count }, (_, i) => {
    const flags = reader.byte();
    if ((flags & ~KNOWN_FLAGS) !== 0) {
      throw new HardenError(
        "UNKNOWN_FEATURE",
        `memory ${i} has the flags 0x${flags.toString(16)}, which this version does not know`,
      );
    }
    const min = reader.unsigned();
    return { flags, min, max: flags & HAS_MAX ? reader.unsigned() : undefined };
  });
}

function clampedSection(memories: readonly MemoryLimits[], maxPages: bigint): number[] {
  const minima = memories.reduce((sum, { min }) => sum + min, 0n);
  if (minima > maxPages) {
    throw new HardenError(
      "OVER_LIMIT",
      `the module starts with ${minima} pages of memory, and the limit is ${maxPages}`,
    );
  }
  const share = memories.length === 0 ? 0n : (maxPages - minima) / BigInt(memories.length);
  const types = memories.flatMap(({ flags, min, max }) => {
    const most = min + share;
    const clamped = max !== undefined && max < most ? max : most;
    return [flags | HAS_MAX, ...unsignedLeb128(min), ...unsignedLeb128(clamped)];
  });
  const content = [...unsignedLeb128(BigInt(memories.length)), ...types];
  return [MEMORY_SECTION, ...unsignedLeb128(BigInt(content.length)), ...content];
}
