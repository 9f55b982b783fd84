import { isUtf8 } from "node:buffer";
import type { ObjectCount } from "../limits.ts";
import type { MessagePosition } from "../message-position.ts";
import { FlatTable } from "./flat-table.ts";

// A table is at least a signed offset to its vtable, and something holds an offset to it.
const LEAST_BYTES_OF_A_TABLE = 8;

// Strings of at most this many bytes are read byte by byte where they are ASCII.
const SHORT = 24;

const utf8 = new TextDecoder("utf-8", { ignoreBOM: true });

/**
 * The metadata of one message, read as an untrusted flatbuffer: every position is checked before
 * it is read, as the verifiers of other implementations do. The format allows tables and text to be
 * shared, which lets a few bytes stand for many; so no more of either is read than would fit into
 * the bytes once.
 *
 * Positions are those in the whole stream, in which metadata starts at multiples of 8.
 */
export class FlatBuffer {
  readonly position: MessagePosition;
  readonly view: DataView;
  readonly #bytes: Uint8Array;
  readonly #start: number;
  readonly #end: number;
  readonly #objects: ObjectCount;
  #tablesLeft: number;
  #textBytesLeft: number;

  /** @param objects counts the tables that are read. */
  constructor(
    bytes: Uint8Array,
    view: DataView,
    start: number,
    end: number,
    at: MessagePosition,
    objects: ObjectCount,
  ) {
    this.#objects = objects;
    this.#bytes = bytes;
    this.view = view;
    this.#start = start;
    this.#end = end;
    this.position = at;
    this.#tablesLeft = (end - start) / LEAST_BYTES_OF_A_TABLE;
    this.#textBytesLeft = end - start;
  }

  /** The table that the buffer is about. */
  root(): FlatTable {
    this.require(this.#start, 4, 4);
    return this.tableAt(this.follow(this.#start));
  }

  /** Where the unsigned offset at `at` points; `at` was required to have its four bytes. */
  follow(at: number): number {
    return at + this.view.getUint32(at, true);
  }

  tableAt(at: number): FlatTable {
    this.#objects.add(1);
    this.#tablesLeft -= 1;
    if (this.#tablesLeft < 0) {
      throw this.position.malformed(
        "flatbuffer-sharing",
        `expected at most one table for every ${LEAST_BYTES_OF_A_TABLE} bytes of metadata`,
      );
    }
    this.require(at, 4, 4);
    const vtable = at - this.view.getInt32(at, true);
    this.require(vtable, 4, 2);
    const vtableBytes = this.view.getUint16(vtable, true);
    const tableBytes = this.view.getUint16(vtable + 2, true);
    if (vtableBytes < 4 || vtableBytes % 2 !== 0 || tableBytes < 4) {
      throw this.position.malformed(
        "flatbuffer-bounds",
        `expected a vtable of at least 4 bytes and a table of at least 4 at offset ${vtable}, got ${vtableBytes} and ${tableBytes}`,
      );
    }
    this.require(vtable, vtableBytes, 2);
    this.require(at, tableBytes, 4);
    return new FlatTable(this, at, tableBytes, vtable, vtableBytes);
  }

  /** The string whose length is at `at`. */
  textAt(at: number): string {
    this.require(at, 4, 4);
    const length = this.view.getUint32(at, true);
    const start = at + 4;
    this.require(start, length + 1, 1);
    this.#textBytesLeft -= length;
    if (this.#textBytesLeft < 0) {
      throw this.position.malformed(
        "flatbuffer-sharing",
        "expected no more text than there are bytes of metadata",
      );
    }
    const ascii = this.#asciiAt(start, length);
    if (ascii !== undefined && this.#bytes[start + length] === 0) return ascii;
    const text = this.#bytes.subarray(start, start + length);
    if (this.#bytes[start + length] !== 0 || !isUtf8(text)) {
      throw this.position.malformed(
        "flatbuffer-text",
        `expected UTF-8 and a zero behind it in the string of ${length} bytes at offset ${at}`,
      );
    }
    return utf8.decode(text);
  }

  /** Most strings are short names, which this reads several times faster than a decoder. */
  #asciiAt(start: number, length: number): string | undefined {
    if (length > SHORT) return undefined;
    let text = "";
    for (let i = start; i < start + length; i++) {
      const byte = this.#bytes[i] ?? 0xff;
      if (byte > 0x7f) return undefined;
      text += String.fromCharCode(byte);
    }
    return text;
  }

  /** Checks that `count` bytes at `at` are there, and where they start. */
  require(at: number, count: number, alignment: number): void {
    if (at < this.#start || at + count > this.#end) {
      throw this.position.malformed(
        "flatbuffer-bounds",
        `${count} bytes at offset ${at} are not inside the metadata (${this.#start} to ${this.#end})`,
      );
    }
    // The alignment is a power of two.
    if ((at & (alignment - 1)) !== 0) {
      throw this.position.malformed(
        "flatbuffer-alignment",
        `expected offset ${at} to be a multiple of ${alignment}`,
      );
    }
  }
}
