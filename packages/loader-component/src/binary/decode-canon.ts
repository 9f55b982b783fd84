import type { StringEncoding } from "../plan/plan.ts";
import { type BinaryCursor, malformed, unsupported } from "./binary-cursor.ts";
import type { Canon, CanonOptions } from "./definition.ts";

const ENCODINGS = new Map<number, StringEncoding>([
  [0x00, "utf8"],
  [0x01, "utf16"],
  [0x02, "latin1+utf16"],
]);

export function decodeCanon(cursor: BinaryCursor): Canon {
  const code = cursor.byte();
  switch (code) {
    case 0x00:
      requireZero(cursor);
      return {
        kind: "lift",
        func: cursor.u32(),
        options: canonOptions(cursor),
        type: cursor.u32(),
      };
    case 0x01:
      requireZero(cursor);
      return { kind: "lower", func: cursor.u32(), options: canonOptions(cursor) };
    case 0x02:
      return { kind: "resource.new", resource: cursor.u32() };
    case 0x03:
      return { kind: "resource.drop", resource: cursor.u32() };
    case 0x04:
      return { kind: "resource.rep", resource: cursor.u32() };
  }
  // Everything else belongs to async functions and to threads.
  throw unsupported(`the canonical built-in 0x${code.toString(16)}`);
}

function canonOptions(cursor: BinaryCursor): CanonOptions {
  let encoding: StringEncoding = "utf8";
  let memory: number | undefined;
  let realloc: number | undefined;
  let postReturn: number | undefined;
  for (let left = cursor.count(); left > 0; left--) {
    const code = cursor.byte();
    const named = ENCODINGS.get(code);
    if (named !== undefined) encoding = named;
    else if (code === 0x03) memory = cursor.u32();
    else if (code === 0x04) realloc = cursor.u32();
    else if (code === 0x05) postReturn = cursor.u32();
    else throw unsupported(`the canonical option 0x${code.toString(16)}`);
  }
  return { encoding, memory, realloc, postReturn };
}

function requireZero(cursor: BinaryCursor): void {
  if (cursor.byte() !== 0x00) throw malformed(`a bad canonical function before ${cursor.at}`);
}
