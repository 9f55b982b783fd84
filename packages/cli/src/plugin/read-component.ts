import { BinaryReader, moduleSections } from "@uni/wasm-rt";
import type { BinaryDescription, BinaryImport, MemorySize } from "./binary-description.ts";
import { readCoreModule, readName } from "./read-core-module.ts";

/** Ids of sections: Component Model, Binary.md, "Component Definitions". */
const SECTION = { coreModule: 1, component: 4, import: 10 } as const;
/** Kinds of what is imported: Component Model, Binary.md, "Import and Export Definitions". */
const KIND = { coreModule: 0, value: 2, type: 3 } as const;
/** Components inside of components, inside of components. */
const MAX_DEPTH = 16;

/**
 * Imports of a component, and memories of the modules in it. Its sections are laid out as a core
 * module's are, behind a preamble of the same size.
 *
 * @throws RangeError as for a core module.
 */
export function readComponent(bytes: Uint8Array, depth = 0): BinaryDescription {
  if (depth > MAX_DEPTH) throw new RangeError("components nest too deep");
  const imports: BinaryImport[] = [];
  const memories: MemorySize[] = [];
  for (const { id, contentStart, end } of moduleSections(bytes)) {
    if (end > bytes.length) throw new RangeError("a section is longer than the component");
    const content = bytes.subarray(contentStart, end);
    if (id === SECTION.coreModule) memories.push(...ownMemories(readCoreModule(content)));
    if (id === SECTION.component) memories.push(...readComponent(content, depth + 1).memories);
    if (id === SECTION.import) imports.push(...readImports(content));
  }
  return { imports, exports: [], memories };
}

/** A module's imported memory is another module's own. */
export function ownMemories({ memories }: BinaryDescription): MemorySize[] {
  return memories.filter(({ imported }) => !imported);
}

/** `importname' externdesc`, again and again. */
function readImports(content: Uint8Array): BinaryImport[] {
  const reader = new BinaryReader(content, 0);
  const imports: BinaryImport[] = [];
  for (let left = reader.unsigned(); left > 0; left--) {
    const hasVersionSuffix = reader.byte() === 0x02;
    const from = readName(reader);
    if (hasVersionSuffix) readName(reader);
    // A type is imported to be spoken of; nobody has to provide it.
    if (readDescription(reader) !== KIND.type) imports.push({ from });
  }
  return imports;
}

/** @returns what kind of import it describes. */
function readDescription(reader: BinaryReader): number {
  const kind = reader.byte();
  // A core module says its kind once more; a type that is a fresh resource has no index.
  if (kind === KIND.coreModule) reader.byte();
  if (kind === KIND.type && reader.byte() === 0x01) return kind;
  if (kind === KIND.value) throw new RangeError("it imports a value");
  reader.skipInteger();
  return kind;
}
