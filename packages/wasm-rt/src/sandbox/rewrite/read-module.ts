import { RESERVED_EXPORTS } from "../budgets.ts";
import { HardenError, hex, unknownFeature } from "../harden-error.ts";
import { type ModuleSection, moduleSections, SECTION } from "../module-sections.ts";
import type { UnsharedBytes } from "../unshared-bytes.ts";
import { InstructionReader } from "./instruction-reader.ts";
import { readLimits, type SizeLimits } from "./read-limits.ts";
import { readTypes, requireMutability, type TypeShape } from "./read-types.ts";
import { skipConstant } from "./skip-constant.ts";
import { skipData, skipElements } from "./skip-segments.ts";
import { readValueType } from "./value-types.ts";

/** What rewriting has to know of a module. */
export interface ModuleShape {
  readonly bytes: UnsharedBytes;
  readonly sections: readonly ModuleSection[];
  readonly types: readonly TypeShape[];
  /** The types of the functions, imported ones first, and how many of those there are. */
  readonly functions: readonly number[];
  readonly importedFunctions: number;
  readonly globals: number;
  readonly memories: readonly SizeLimits[];
  readonly tables: readonly SizeLimits[];
  /** The types of the tags. */
  readonly tags: readonly number[];
  readonly startFunction: number | undefined;
  /** What instantiating allocates on the engine's heap. */
  readonly constantHeapBytes: number;
}

const RESERVED_NAMES: ReadonlySet<string> = new Set(Object.values(RESERVED_EXPORTS));
// WebAssembly core specification 3.0, "Imports" in the binary format.
const EXTERNAL = { function: 0, table: 1, memory: 2, global: 3, tag: 4 };
// "Tables": two bytes in front of a table that has an initial value, which no type starts with.
const TABLE_WITH_VALUE = 0x40;
const TABLE_RESERVED = 0x00;
// "Tags": the only attribute is that of an exception.
const EXCEPTION = 0x00;

const TEXT = new TextDecoder();
const RESERVED_LENGTHS: ReadonlySet<number> = new Set(
  [...RESERVED_NAMES].map(({ length }) => length),
);

/**
 * Reads a module that the engine has validated.
 *
 * @throws HardenError for what this version does not know, and for names that hardening uses.
 */
export function readModule(bytes: UnsharedBytes): ModuleShape {
  const sections = [...moduleSections(bytes)];
  const reading = new ModuleReading(bytes);
  for (const section of sections) reading.readSection(section);
  const { types, importedFunctions, functions, globals, memories } = reading;
  const { tables, tags, startFunction, constantHeapBytes } = reading;
  return {
    bytes,
    sections,
    types,
    importedFunctions,
    functions,
    globals,
    memories,
    tables,
    tags,
    startFunction,
    constantHeapBytes,
  };
}

class ModuleReading {
  types: TypeShape[] = [];
  readonly functions: number[] = [];
  importedFunctions = 0;
  globals = 0;
  readonly memories: SizeLimits[] = [];
  readonly tables: SizeLimits[] = [];
  readonly tags: number[] = [];
  startFunction: number | undefined;
  constantHeapBytes = 0;
  readonly #reader: InstructionReader;

  constructor(bytes: Uint8Array) {
    this.#reader = new InstructionReader(bytes, 0);
  }

  readSection({ id, contentStart, start }: ModuleSection): void {
    const reader = this.#reader;
    reader.at = contentStart;
    switch (id) {
      case SECTION.custom:
      case SECTION.code:
      case SECTION.dataCount:
        return;
      case SECTION.type:
        this.types = readTypes(reader);
        return;
      case SECTION.import:
        this.#each(() => this.#readImport());
        return;
      case SECTION.function:
        this.#each(() => this.functions.push(reader.unsigned()));
        return;
      case SECTION.table:
        this.#each(() => this.#readTable());
        return;
      case SECTION.memory:
        this.#each(() => this.memories.push(readLimits(reader, "memory", false)));
        return;
      case SECTION.tag:
        this.#each(() => this.#readTag());
        return;
      case SECTION.global:
        this.#each(() => {
          this.#readGlobalType();
          this.constantHeapBytes += skipConstant(reader, this.types);
        });
        return;
      case SECTION.export:
        this.#each(() => {
          this.#readName("exports");
          reader.at++;
          reader.skipInteger();
        });
        return;
      case SECTION.start:
        this.startFunction = reader.unsigned();
        return;
      case SECTION.element:
        this.constantHeapBytes += skipElements(reader, this.types);
        return;
      case SECTION.data:
        skipData(reader, this.types);
        return;
      default:
        throw unknownFeature(`a section with the id ${id}, at byte ${start} of the module`);
    }
  }

  #each(read: () => unknown): void {
    for (let left = this.#reader.unsigned(); left > 0; left--) read();
  }

  #readImport(): void {
    const reader = this.#reader;
    const moduleLength = reader.unsigned();
    reader.at += moduleLength;
    this.#readName("imports");
    const kind = reader.byte();
    switch (kind) {
      case EXTERNAL.function:
        this.functions.push(reader.unsigned());
        this.importedFunctions++;
        return;
      case EXTERNAL.table:
        readValueType(reader);
        this.tables.push(readLimits(reader, "table", true));
        return;
      case EXTERNAL.memory:
        this.memories.push(readLimits(reader, "memory", true));
        return;
      case EXTERNAL.global:
        this.#readGlobalType();
        return;
      case EXTERNAL.tag:
        this.#readTag();
        return;
      default:
        throw unknownFeature(`an import of the kind ${hex(kind)}`);
    }
  }

  #readTable(): void {
    const reader = this.#reader;
    const hasValue = reader.bytes[reader.at] === TABLE_WITH_VALUE;
    if (hasValue) {
      const reserved = reader.bytes[reader.at + 1] ?? 0;
      if (reserved !== TABLE_RESERVED) throw unknownFeature(`a table of the form ${hex(reserved)}`);
      reader.at += 2;
    }
    readValueType(reader);
    this.tables.push(readLimits(reader, "table", false));
    if (hasValue) this.constantHeapBytes += skipConstant(reader, this.types);
  }

  #readTag(): void {
    const attribute = this.#reader.byte();
    if (attribute !== EXCEPTION) throw unknownFeature(`a tag of the attribute ${hex(attribute)}`);
    this.tags.push(this.#reader.unsigned());
  }

  #readGlobalType(): void {
    readValueType(this.#reader);
    requireMutability(this.#reader);
    this.globals++;
  }

  #readName(what: string): void {
    const reader = this.#reader;
    const length = reader.unsigned();
    const start = reader.at;
    reader.at += length;
    if (!RESERVED_LENGTHS.has(length)) return;
    const name = TEXT.decode(reader.bytes.subarray(start, reader.at));
    if (!RESERVED_NAMES.has(name)) return;
    throw new HardenError(
      "RESERVED_NAME",
      `the module ${what} the name ${name}, which hardening uses for itself`,
    );
  }
}
