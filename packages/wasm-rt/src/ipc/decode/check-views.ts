import { isAscii, isUtf8 } from "node:buffer";
import type { MessagePosition } from "../message-position.ts";
import { INLINE_BYTES, PREFIX_BYTES, VIEW_WORDS } from "../view-layout.ts";
import { continuesCharacter, notUtf8, splitsCharacter } from "./check-text.ts";
import type { Column } from "./column.ts";

// The highest bit of each byte of a word.
const NOT_ASCII = 0x80808080 | 0;

/** Checks that every view is inline or within a data buffer, and is UTF-8 where it is text. */
export function checkViews(
  column: Column,
  position: MessagePosition,
  views: Uint8Array,
  data: readonly Uint8Array[],
  text: boolean,
): void {
  const words = new Int32Array(views.buffer, views.byteOffset, views.byteLength / 4);
  // `i` and what is added to it are below the length.
  const word = (i: number) => words[i] as number;
  const texts = text ? new ViewedText(column, position, data) : undefined;
  for (let at = 0; at < words.length; at += VIEW_WORDS) {
    const length = word(at);
    const value = at / VIEW_WORDS;
    if (length < 0) {
      throw position.malformed(
        "view-length",
        `expected a length of 0 or above, got ${length} at value ${value}`,
        column.field.path,
      );
    }
    if (length <= INLINE_BYTES) {
      // What is left of the word in which the value ends, and the words behind it.
      const end = at + 1 + (length >> 2);
      let behind = length < INLINE_BYTES ? word(end) >>> ((length & 3) * 8) : 0;
      for (let i = end + 1; i < at + VIEW_WORDS; i++) behind |= word(i);
      if (behind !== 0) {
        throw position.malformed(
          "view-padding",
          `expected zeros behind the ${length} bytes of value ${value}`,
          column.field.path,
        );
      }
      if (texts === undefined) continue;
      if (((word(at + 1) | word(at + 2) | word(at + 3)) & NOT_ASCII) === 0) continue;
      const start = at * 4 + 4;
      if (!isUtf8(views.subarray(start, start + length))) {
        throw notUtf8(column, position, `value ${value}`);
      }
      continue;
    }
    const index = word(at + 2);
    const offset = word(at + 3);
    const buffer = data[index];
    if (buffer === undefined || offset < 0 || offset + length > buffer.byteLength) {
      throw position.malformed(
        "view-range",
        `expected value ${value} inside one of ${data.length} data buffers, got ${length} bytes at offset ${offset} of buffer ${index}${buffer === undefined ? "" : `, which has ${buffer.byteLength}`}`,
        column.field.path,
      );
    }
    const inline = at * 4 + 4;
    for (let i = 0; i < PREFIX_BYTES; i++) {
      if (views[inline + i] === buffer[offset + i]) continue;
      throw position.malformed(
        "view-prefix",
        `expected the view of value ${value} to have the first 4 bytes of its value`,
        column.field.path,
      );
    }
    texts?.check(value, index, buffer, offset, length);
  }
}

/**
 * Text in data buffers. Views may overlap, and a buffer may hold bytes that no view shows; so a
 * buffer is checked as a whole first, after which each view costs nothing. Where it is not all
 * UTF-8, views are checked one by one, for at most twice the bytes of the buffers.
 */
class ViewedText {
  readonly #column: Column;
  readonly #position: MessagePosition;
  readonly #kinds: ("ascii" | "utf8" | "bytes" | undefined)[] = [];
  #bytesLeft = 0;

  constructor(column: Column, position: MessagePosition, data: readonly Uint8Array[]) {
    this.#column = column;
    this.#position = position;
    for (const { byteLength } of data) this.#bytesLeft += 2 * byteLength;
  }

  check(value: number, index: number, buffer: Uint8Array, offset: number, length: number): void {
    this.#kinds[index] ??= kindOf(buffer);
    const end = offset + length;
    switch (this.#kinds[index]) {
      case "ascii":
        return;
      case "utf8":
        for (const at of [offset, end]) {
          if (at < buffer.byteLength && continuesCharacter(buffer, at)) {
            throw splitsCharacter(this.#column, this.#position, value, at);
          }
        }
        return;
      default:
        this.#bytesLeft -= length;
        if (this.#bytesLeft < 0) {
          throw this.#position.unsupported(
            "view-overlap",
            `has views of text that overlap in data buffer ${index}, which is not all UTF-8; write the values into buffers of their own`,
            this.#column.field.path,
          );
        }
        if (isUtf8(buffer.subarray(offset, end))) return;
        throw notUtf8(this.#column, this.#position, `value ${value}`);
    }
  }
}

function kindOf(buffer: Uint8Array): "ascii" | "utf8" | "bytes" {
  if (isAscii(buffer)) return "ascii";
  return isUtf8(buffer) ? "utf8" : "bytes";
}
