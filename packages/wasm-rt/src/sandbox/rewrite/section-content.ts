import { BinaryReader, unsignedLeb128 } from "../binary-reader.ts";
import type { ModuleSection } from "../module-sections.ts";
import type { RewriteContext } from "./guard-instruction.ts";
import { limitsBytes } from "./share-limits.ts";

/** The content of a section with entries appended. */
export function withEntries(
  bytes: Uint8Array,
  { contentStart, end }: ModuleSection,
  entries: readonly (readonly number[])[],
): Uint8Array[] {
  const reader = new BinaryReader(bytes, contentStart);
  const count = reader.unsigned() + entries.length;
  return [
    Uint8Array.from(unsignedLeb128(count)),
    bytes.subarray(reader.at, end),
    Uint8Array.from(entries.flat()),
  ];
}

/** The content of a section that is made of these entries. */
export function ofEntries(entries: readonly (readonly number[])[]): Uint8Array[] {
  return [Uint8Array.from([...unsignedLeb128(entries.length), ...entries.flat()])];
}

/** The content of a section in which every memory and table has the maximum that it is to have. */
export function withLimits(
  { shape: { bytes, memories, tables }, maxOf }: RewriteContext,
  { contentStart, end }: ModuleSection,
): Uint8Array[] {
  const parts: Uint8Array[] = [];
  let at = contentStart;
  const inside = [...memories, ...tables]
    .filter(({ start }) => start >= contentStart && start < end)
    .sort((a, b) => a.start - b.start);
  for (const limits of inside) {
    parts.push(bytes.subarray(at, limits.start));
    parts.push(Uint8Array.from(limitsBytes(limits, maxOf(limits))));
    at = limits.end;
  }
  return [...parts, bytes.subarray(at, end)];
}
