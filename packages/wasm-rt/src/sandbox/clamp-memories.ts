import { BinaryReader, unsignedLeb128 } from "./binary-reader.ts";
import { HardenError } from "./harden-error.ts";
import { moduleSections } from "./module-sections.ts";

/** What a module says about a memory that it defines, in pages. */
export interface MemoryLimits {
  readonly flags: number;
  readonly min: bigint;
  readonly max: bigint | undefined;
}

const MEMORY_SECTION = 5;
// Flags of memory types: core specification "Memory Types", the threads and the memory64 proposals.
// 0x08, custom page sizes, would change what a page is.
const HAS_MAX = 0x01;
const KNOWN_FLAGS = HAS_MAX | 0x02 | 0x04;

/** The memories that a module defines; those that it imports are somebody else's. */
export function definedMemories(bytes: Uint8Array): readonly MemoryLimits[] {
  for (const { id, contentStart, end } of moduleSections(bytes)) {
    if (id === MEMORY_SECTION) return readMemories(bytes.subarray(contentStart, end));
  }
  return [];
}

/** Gives every memory that a module defines a maximum, which is at most `room` pages above its minimum. */
export function clampMemories(bytes: Uint8Array, room: bigint): Uint8Array<ArrayBuffer> {
  for (const { id, start, contentStart, end } of moduleSections(bytes)) {
    if (id !== MEMORY_SECTION) continue;
    const section = clampedSection(readMemories(bytes.subarray(contentStart, end)), room);
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

function clampedSection(memories: readonly MemoryLimits[], room: bigint): number[] {
  const types = memories.flatMap(({ flags, min, max }) => {
    const most = min + room;
    const clamped = max !== undefined && max < most ? max : most;
    return [flags | HAS_MAX, ...unsignedLeb128(min), ...unsignedLeb128(clamped)];
  });
  const content = [...unsignedLeb128(BigInt(memories.length)), ...types];
  return [MEMORY_SECTION, ...unsignedLeb128(BigInt(content.length)), ...content];
}
