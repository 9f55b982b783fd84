import type { BinaryReader } from "../binary-reader.ts";
import { hex, unknownFeature } from "../harden-error.ts";

/** What a module says about the size of a memory, in pages, or of a table, in elements. */
export interface SizeLimits {
  readonly kind: "memory" | "table";
  readonly imported: boolean;
  /** Whether its indices and lengths are i64. */
  readonly wide: boolean;
  readonly min: number;
  readonly max: number | undefined;
  readonly flags: number;
  /** Where they stand in the module. */
  readonly start: number;
  readonly end: number;
}

// Flags: WebAssembly core specification 3.0, "Limits" in the binary format, and for shared memories
// the threads proposal. 0x08, custom page sizes, would change what a page is.
export const HAS_MAX = 0x01;
const SHARED = 0x02;
const WIDE = 0x04;
const KNOWN = { memory: HAS_MAX | SHARED | WIDE, table: HAS_MAX | WIDE };

export function readLimits(
  reader: BinaryReader,
  kind: SizeLimits["kind"],
  imported: boolean,
): SizeLimits {
  const start = reader.at;
  const flags = reader.byte();
  if ((flags & ~KNOWN[kind]) !== 0) {
    throw unknownFeature(`a ${kind} with the limits flags ${hex(flags)}`);
  }
  const min = reader.unsigned();
  const max = (flags & HAS_MAX) !== 0 ? reader.unsigned() : undefined;
  return {
    kind,
    imported,
    wide: (flags & WIDE) !== 0,
    min,
    max,
    flags,
    start,
    end: reader.at,
  };
}
