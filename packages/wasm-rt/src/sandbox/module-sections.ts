import { BinaryReader } from "./binary-reader.ts";

/** Ids of sections: WebAssembly core specification 3.0, "Sections" in the binary format. */
export const SECTION = {
  custom: 0,
  type: 1,
  import: 2,
  function: 3,
  table: 4,
  memory: 5,
  global: 6,
  export: 7,
  start: 8,
  element: 9,
  code: 10,
  data: 11,
  dataCount: 12,
  tag: 13,
} as const;

/** One section of a core module. */
export interface ModuleSection {
  readonly id: number;
  /** Where its id stands. */
  readonly start: number;
  /** Where its content starts and ends. */
  readonly contentStart: number;
  readonly end: number;
}

/** What every module starts with: magic and version 1. */
export const PREAMBLE_BYTES = 8;

/**
 * The sections of a module that the engine has validated, in order.
 *
 * WebAssembly core specification, "Modules" in the binary format: after the preamble, sections of an
 * id byte, a size as unsigned LEB128, and as many bytes.
 */
export function* moduleSections(bytes: Uint8Array): Generator<ModuleSection> {
  const reader = new BinaryReader(bytes, PREAMBLE_BYTES);
  while (!reader.done) {
    const start = reader.at;
    const id = reader.byte();
    const size = reader.unsigned();
    const contentStart = reader.at;
    reader.at += size;
    yield { id, start, contentStart, end: reader.at };
  }
}
