import { BinaryReader } from "./binary-reader.ts";

/** One section of a core module. */
export interface ModuleSection {
  readonly id: number;
  /** Where its id stands. */
  readonly start: number;
  /** Where its content starts and ends. */
  readonly contentStart: number;
  readonly end: number;
}

const PREAMBLE_BYTES = 8;

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
    const size = Number(reader.unsigned());
    const contentStart = reader.at;
    reader.at += size;
    yield { id, start, contentStart, end: reader.at };
  }
}
