import { INLINE_BYTES, VIEW_BYTES, VIEW_WORDS } from "../view-layout.ts";
import type { Body, DerivedBuffer } from "./body.ts";
import { bytesOf, incomplete, type Rows } from "./column-collector.ts";
import type { ColumnTemplate } from "./column-template.ts";

/** Where a part of a data buffer begins and ends. */
type Span = [begin: number, end: number];

/**
 * Adds views and their data buffers. Views may show any part of a buffer that many batches share:
 * what no row shows stays here.
 */
export function addViews(body: Body, template: ColumnTemplate, { data, from, length }: Rows): void {
  const views = new RowViews({ data, from, length });
  const buffers: readonly Uint8Array[] = data.variadicBuffers ?? [];
  const shown = buffers.map((): Span[] => []);
  for (let row = 0; row < length; row++) {
    if (!views.isLong(row)) continue;
    const offset = views.offset(row);
    const end = offset + views.length(row);
    const spans = shown[views.buffer(row)];
    if (spans === undefined || offset < 0 || end > (buffers[views.buffer(row)]?.byteLength ?? 0)) {
      throw incomplete(template, `the value of row ${row} inside one of ${buffers.length} buffers`);
    }
    // Values mostly follow each other.
    const last = spans.at(-1);
    if (last?.[1] === offset) last[1] = end;
    else spans.push([offset, end]);
  }
  const merged = shown.map(merge);
  const begins = merged.map(([first]) => first?.[0] ?? 0);
  body.addBuffer(new ShownViews(views, begins, length));
  body.variadicCounts.push(buffers.length);
  for (const [index, buffer] of buffers.entries()) {
    const spans = merged[index] ?? [];
    const begin = begins[index] ?? 0;
    const bytes = bytesOf(buffer, begin, (spans.at(-1)?.[1] ?? begin) - begin);
    body.addBuffer(spans.length <= 1 ? bytes : new ShownBytes(bytes, spans));
  }
}

/** Spans in the order of a buffer, none of which touches another. */
function merge(spans: Span[]): Span[] {
  if (spans.length <= 1) return spans;
  const merged: Span[] = [];
  for (const [begin, end] of spans.sort((a, b) => a[0] - b[0])) {
    const last = merged.at(-1);
    if (last === undefined || last[1] < begin) merged.push([begin, end]);
    else last[1] = Math.max(last[1], end);
  }
  return merged;
}

/** The views of some rows; a null, and a row beyond the end of the column, is an empty value. */
class RowViews {
  readonly #words: Int32Array;
  readonly #rows: Rows;

  constructor(rows: Rows) {
    const { data, from, length } = rows;
    const all: Uint8Array = data.values ?? new Uint8Array(0);
    const bytes = all.subarray(from * VIEW_BYTES, (from + length) * VIEW_BYTES);
    // A copy where they are not aligned as words are.
    const aligned = bytes.byteOffset % 4 === 0 ? bytes : bytes.slice();
    this.#words = new Int32Array(aligned.buffer, aligned.byteOffset, aligned.byteLength >> 2);
    this.#rows = rows;
  }

  isEmpty(row: number): boolean {
    const { data, from } = this.#rows;
    return from + row >= data.length || !data.getValid(from + row);
  }

  isLong(row: number): boolean {
    return this.length(row) > INLINE_BYTES && !this.isEmpty(row);
  }

  length(row: number): number {
    return this.word(row, 0);
  }

  buffer(row: number): number {
    return this.word(row, 2);
  }

  offset(row: number): number {
    return this.word(row, 3);
  }

  word(row: number, index: number): number {
    return this.#words[row * VIEW_WORDS + index] ?? 0;
  }
}

/** Views with their offsets from the start of what crosses of their buffer. */
class ShownViews implements DerivedBuffer {
  readonly byteLength: number;
  readonly #views: RowViews;
  readonly #begins: readonly number[];
  readonly #rows: number;

  constructor(views: RowViews, begins: readonly number[], rows: number) {
    this.#views = views;
    this.#begins = begins;
    this.#rows = rows;
    this.byteLength = rows * VIEW_BYTES;
  }

  writeTo(target: Uint8Array): void {
    const views = this.#views;
    const words = new Int32Array(target.buffer, target.byteOffset, this.#rows * VIEW_WORDS);
    for (let row = 0; row < this.#rows; row++) {
      const at = row * VIEW_WORDS;
      if (views.isEmpty(row)) {
        words.fill(0, at, at + VIEW_WORDS);
        continue;
      }
      for (let i = 0; i < VIEW_WORDS; i++) words[at + i] = views.word(row, i);
      if (!views.isLong(row)) continue;
      words[at + 3] = views.offset(row) - (this.#begins[views.buffer(row)] ?? 0);
    }
  }
}

/** What rows show of a data buffer, each byte at its place, and zeros between. */
class ShownBytes implements DerivedBuffer {
  readonly byteLength: number;
  readonly #bytes: Uint8Array;
  readonly #spans: readonly Span[];

  /** @param bytes those from the first span's begin to the last one's end. */
  constructor(bytes: Uint8Array, spans: readonly Span[]) {
    this.#bytes = bytes;
    this.#spans = spans;
    this.byteLength = bytes.byteLength;
  }

  writeTo(target: Uint8Array): void {
    const start = this.#spans[0]?.[0] ?? 0;
    target.fill(0);
    for (const [begin, end] of this.#spans) {
      target.set(this.#bytes.subarray(begin - start, end - start), begin - start);
    }
  }
}
