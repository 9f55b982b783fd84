import { GuestFault } from "@uni/wasm-rt/guest";
import type { GuestMemory } from "./guest-memory.ts";
import { trapped } from "./trapped.ts";

/** What is read of a guest as one string. */
const MAX_STRING_BYTES = 1 << 24;
/** CanonicalABI.md, `UTF16_TAG`: marks the length of a `latin1+utf16` string that is UTF-16. */
const UTF16_TAG = 2 ** 31;

const LATIN_1 = /^[\0-\u00ff]*$/;
const utf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
const utf16 = new TextDecoder("utf-16le", { fatal: true, ignoreBOM: true });

/** Reads the string of `length` code units at `at`. */
export function readString(memory: GuestMemory, at: number, length: number): string {
  const { encoding } = memory;
  if (encoding === "utf8") return decode(memory, at, length, utf8);
  if (encoding === "utf16") return readUtf16(memory, at, length);
  if (length >= UTF16_TAG) return readUtf16(memory, at, length - UTF16_TAG);
  if (at % 2 !== 0) throw trapped(`the string at ${at} is not aligned`);
  requireLength(length);
  return Buffer.from(memory.read(at, length).buffer).toString("latin1");
}

/** Puts a string into the guest: where it is, and its length in code units. */
export function placeString(memory: GuestMemory, text: string): [at: number, length: number] {
  const { encoding } = memory;
  const bytes = new TextEncoder().encode(text);
  if (encoding === "utf8") return [memory.place(bytes, 1), bytes.length];
  // Lone surrogates became U+FFFD.
  const wellFormed = utf8.decode(bytes);
  if (encoding === "latin1+utf16" && LATIN_1.test(wellFormed)) {
    return [memory.place(Buffer.from(wellFormed, "latin1"), 2), wellFormed.length];
  }
  const units = Buffer.from(wellFormed, "utf16le");
  const length = wellFormed.length + (encoding === "utf16" ? 0 : UTF16_TAG);
  return [memory.place(units, 2), length];
}

function readUtf16(memory: GuestMemory, at: number, units: number): string {
  if (at % 2 !== 0) throw trapped(`the string at ${at} is not aligned`);
  return decode(memory, at, units * 2, utf16);
}

function decode(memory: GuestMemory, at: number, bytes: number, decoder: TextDecoder): string {
  requireLength(bytes);
  const view = memory.peek(at, bytes);
  try {
    return decoder.decode(view);
  } catch (cause) {
    if (!(cause instanceof TypeError)) throw cause;
    throw trapped(`the string of ${bytes} bytes at ${at} is not ${decoder.encoding.toUpperCase()}`);
  }
}

function requireLength(bytes: number): void {
  if (bytes <= MAX_STRING_BYTES) return;
  const message = `a string of ${bytes} bytes, and the limit is ${MAX_STRING_BYTES}`;
  throw new GuestFault("RESOURCE_LIMIT", message);
}
