import { BinaryReader, moduleSections, SECTION } from "@uni/wasm-rt";
import type { BinaryDescription, BinaryImport, MemorySize } from "./binary-description.ts";

/** Kinds of imports and exports: WebAssembly core specification 3.0, "External types". */
const KIND = { function: 0, table: 1, memory: 2, global: 3, tag: 4 } as const;
/** Reference types that a heap type follows: `ref null` and `ref`. */
const LONG_REFERENCES = [0x63, 0x64];
const HAS_MAXIMUM = 1;

/**
 * Imports, exports and memories of a core module, which nobody has validated.
 *
 * @throws RangeError where the bytes end in the middle of something, or are nothing of a module.
 */
export function readCoreModule(bytes: Uint8Array): BinaryDescription {
  const imports: BinaryImport[] = [];
  const exports: string[] = [];
  const memories: MemorySize[] = [];
  for (const { id, contentStart, end } of moduleSections(bytes)) {
    if (end > bytes.length) throw new RangeError("a section is longer than the module");
    const reader = new BinaryReader(bytes.subarray(0, end), contentStart);
    if (id === SECTION.import) readImports(reader, imports, memories);
    if (id === SECTION.memory) {
      for (let left = reader.unsigned(); left > 0; left--) memories.push(readMemory(reader, false));
    }
    if (id === SECTION.export) {
      for (let left = reader.unsigned(); left > 0; left--) {
        exports.push(readName(reader));
        reader.byte();
        reader.unsigned();
      }
    }
  }
  return { imports, exports, memories };
}

/** A name, which may be no Unicode in bytes that nobody has validated. */
export function readName(reader: BinaryReader): string {
  const length = reader.unsigned();
  const start = reader.at;
  if (length > reader.bytes.length - start)
    throw new RangeError("a name is longer than its section");
  reader.at += length;
  return new TextDecoder().decode(reader.bytes.subarray(start, reader.at));
}

function readImports(reader: BinaryReader, imports: BinaryImport[], memories: MemorySize[]): void {
  for (let left = reader.unsigned(); left > 0; left--) {
    imports.push({ from: readName(reader), name: readName(reader) });
    const kind = reader.byte();
    if (kind === KIND.memory) memories.push(readMemory(reader, true));
    else skipType(reader, kind);
  }
}

function skipType(reader: BinaryReader, kind: number): void {
  switch (kind) {
    case KIND.function:
      reader.unsigned();
      return;
    case KIND.table:
      skipValueType(reader);
      readLimits(reader);
      return;
    case KIND.global:
      skipValueType(reader);
      reader.byte();
      return;
    case KIND.tag:
      reader.byte();
      reader.unsigned();
      return;
    default:
      throw new RangeError(`an import is of the unknown kind ${kind}`);
  }
}

function skipValueType(reader: BinaryReader): void {
  if (LONG_REFERENCES.includes(reader.byte())) reader.skipInteger();
}

function readMemory(reader: BinaryReader, imported: boolean): MemorySize {
  const [initialPages, maxPages] = readLimits(reader);
  return { initialPages, ...(maxPages === undefined ? {} : { maxPages }), imported };
}

function readLimits(reader: BinaryReader): [least: number, most: number | undefined] {
  const flags = reader.byte();
  const least = reader.unsigned();
  return [least, (flags & HAS_MAXIMUM) === 0 ? undefined : reader.unsigned()];
}
