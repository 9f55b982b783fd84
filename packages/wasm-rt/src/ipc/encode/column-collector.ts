import { type Data, type DataType, util, type Vector } from "apache-arrow";
import { IpcError } from "../ipc-error.ts";
import type { ArrayClass } from "../layout.ts";
import { secretLeak, tagsSecret } from "../membrane.ts";
import { sameParameters } from "../schema-equality.ts";
import type { Body } from "./body.ts";
import type { ColumnTemplate } from "./column-template.ts";
import { Bits, Rebased, ZeroPadded } from "./derived-buffers.ts";
import { addUnion } from "./union-buffers.ts";
import { addViews } from "./view-buffers.ts";

/** Rows of a column: `length` of them from `from` on, of which those beyond the column's end are null. */
export interface Rows {
  readonly data: Data;
  readonly from: number;
  readonly length: number;
}

/** What takes the dictionaries that columns refer to. */
export interface DictionarySink {
  add(template: ColumnTemplate, id: number, dictionary: Vector | undefined): void;
}

const NONE = new Uint8Array(0);

/**
 * Collects the buffers of columns into the body of one batch. Buffers are taken as they are in
 * memory; only what a slice moves is derived, and it is written straight into the stream. No rows
 * cross but those asked for.
 */
export class ColumnCollector {
  readonly body: Body;
  readonly #dictionaries: DictionarySink | undefined;

  /** @param dictionaries none where no column has one. */
  constructor(body: Body, dictionaries: DictionarySink | undefined) {
    this.body = body;
    this.#dictionaries = dictionaries;
  }

  /** @param parent rows that may be null and share `perParent` of these each, if there are any. */
  add(template: ColumnTemplate, rows: Rows, parent?: Rows, perParent = 1): void {
    const { data, length } = rows;
    const { layout, values } = template;
    requireType(template, data.type);
    if (layout.kind === "null") {
      this.body.addNode(length, length);
      return;
    }
    if (layout.kind === "union") {
      addUnion(this, template, rows, layout.dense);
      return;
    }
    this.#addValidity(template, rows, parent, perParent);
    switch (layout.kind) {
      case "bits":
        this.#addBits(template, rows);
        return;
      case "fixed":
        this.#addFixed(template, rows, layout.array, layout.perValue);
        return;
      case "dictionary": {
        this.#addFixed(template, rows, layout.array, 1);
        // Only a dictionary-encoded type has this layout, and it has both.
        const { id } = data.type as DataType & { readonly id: number };
        if (values) this.#dictionaries?.add(values, id, data.dictionary);
        return;
      }
      case "bytes": {
        const { begin, end } = this.#addOffsets(template, rows, layout.wide);
        requireBytes(template, data.values, end);
        this.body.addBuffer(bytesOf(data.values, begin, end - begin));
        return;
      }
      case "views":
        addViews(this.body, template, rows);
        return;
      case "list": {
        const { begin, end } = this.#addOffsets(template, rows, layout.wide);
        this.#addChild(template, 0, rows, begin, end - begin);
        return;
      }
      case "fixed-list":
        this.#addChild(
          template,
          0,
          rows,
          rows.from * layout.size,
          length * layout.size,
          layout.size,
        );
        return;
      case "struct":
        template.children.forEach((_, i) => {
          this.#addChild(template, i, rows, rows.from, length, 1);
        });
        return;
    }
  }

  /** @param perParent how many of the child's rows a row has, where a null row may hide theirs. */
  #addChild(
    template: ColumnTemplate,
    index: number,
    rows: Rows,
    from: number,
    length: number,
    perParent?: number,
  ): void {
    const child = template.children[index];
    const data = rows.data.children[index];
    if (child === undefined || data === undefined) throw incomplete(template, `child ${index}`);
    const parent = perParent === undefined ? undefined : rows;
    this.add(child, { data, from, length }, parent, perParent);
  }

  #addValidity(
    template: ColumnTemplate,
    { data, from, length }: Rows,
    parent: Rows | undefined,
    perParent: number,
  ): void {
    const present = presentRows(data, from, length);
    const bitmap = data.nullCount > 0 ? data.nullBitmap : undefined;
    const first = data.offset + from;
    const nullsPresent =
      bitmap === undefined ? 0 : present - util.popcnt_bit_range(bitmap, first, first + present);
    const nulls = length - present + nullsPresent;
    this.body.addNode(length, nulls);
    this.body.addBuffer(nulls === 0 ? NONE : new Bits(bitmap, first, present, length));
    if (nulls === 0 || template.nullable) return;
    for (let i = 0; i < length; i++) {
      if (!isNull(data, from + i)) continue;
      if (parent && isNull(parent.data, parent.from + Math.floor(i / perParent))) continue;
      throw new IpcError(
        "IPC_MALFORMED",
        `column ${template.path} is not nullable and has ${nulls} nulls; make its field nullable`,
        { column: template.path },
      );
    }
  }

  #addBits(template: ColumnTemplate, rows: Rows): void {
    const { data, from, length } = rows;
    const present = presentRows(data, from, length);
    const first = data.offset + from;
    const bits = (data.values?.byteLength ?? 0) * 8 - first;
    requireNulls(template, rows, Math.min(present, Math.max(0, bits)));
    this.body.addBuffer(new Bits(data.values ?? NONE, first, present, length));
  }

  #addFixed(template: ColumnTemplate, rows: Rows, array: ArrayClass, perValue: number): void {
    const { data, from, length } = rows;
    const width = perValue * array.BYTES_PER_ELEMENT;
    const values: ArrayBufferView & { readonly BYTES_PER_ELEMENT?: number } = data.values ?? NONE;
    if (values.byteLength > 0 && values.BYTES_PER_ELEMENT !== array.BYTES_PER_ELEMENT) {
      throw incomplete(template, `values in elements of ${array.BYTES_PER_ELEMENT} bytes`);
    }
    const there = Math.max(0, Math.min(values.byteLength - from * width, length * width));
    const bytes = bytesOf(values, from * width, there);
    if (there === length * width) {
      this.body.addBuffer(bytes);
      return;
    }
    requireNulls(template, rows, Math.floor(there / width));
    this.body.addBuffer(new ZeroPadded(bytes, length * width));
  }

  /** Where the values of the rows start and end. */
  #addOffsets(
    template: ColumnTemplate,
    rows: Rows,
    wide: boolean,
  ): { readonly begin: number; readonly end: number } {
    const { data, from, length } = rows;
    const all: Int32Array | BigInt64Array =
      data.valueOffsets ?? (wide ? new BigInt64Array(0) : new Int32Array(0));
    // Nulls at the end have no values. Where apache-arrow lengthened a column by them, they have not
    // even offsets, but what was left of the array.
    let values = presentRows(data, from, length);
    if (data.nullCount > 0) while (values > 0 && isNull(data, from + values - 1)) values -= 1;
    values = Math.min(values, Math.max(0, all.length - 1 - from));
    requireNulls(template, rows, values);
    const begin = Number(all[from] ?? 0);
    const end = Number(all[from + values] ?? begin);
    if (begin < 0 || end < begin) throw incomplete(template, "offsets that never decrease");
    const bytes = (length + 1) * all.BYTES_PER_ELEMENT;
    const asTheyAre = begin === 0 && values === length && all.length > from;
    this.body.addBuffer(
      asTheyAre
        ? bytesOf(all, from * all.BYTES_PER_ELEMENT, bytes)
        : new Rebased(all.subarray(from, from + values + 1), length + 1),
    );
    return { begin, end };
  }
}

/** How many of the rows the column has. */
function presentRows(data: Data, from: number, length: number): number {
  return Math.max(0, Math.min(length, data.length - from));
}

function isNull(data: Data, row: number): boolean {
  return row >= data.length || !data.getValid(row);
}

/** Bytes of a typed array, without a copy. */
export function bytesOf(values: ArrayBufferView, from: number, count: number): Uint8Array {
  return count === 0 ? NONE : new Uint8Array(values.buffer, values.byteOffset + from, count);
}

/** The type of the data is the schema's, or one that is laid out alike and has no secret in it. */
function requireType({ type, path }: ColumnTemplate, came: DataType): void {
  if (type === came) return;
  if (!sameParameters(type, came)) {
    throw new IpcError(
      "IPC_MALFORMED",
      `column ${path} is ${type} by its schema, and its data is ${came}; apache-arrow gives columns of one name one type`,
      { column: path },
    );
  }
  for (const { name, metadata } of came.children ?? []) {
    if (tagsSecret(metadata)) throw secretLeak(`${path}.${name}`, "to the guest");
  }
}

function requireBytes(template: ColumnTemplate, values: Uint8Array | undefined, end: number): void {
  if (end > (values?.byteLength ?? 0)) throw incomplete(template, `${end} bytes of values`);
}

/** A column may have fewer values than rows, as apache-arrow leaves it where rows are null. */
function requireNulls(
  template: ColumnTemplate,
  { data, from, length }: Rows,
  values: number,
): void {
  for (let i = values; i < length; i++) {
    if (!isNull(data, from + i)) throw incomplete(template, `values for all of its ${length} rows`);
  }
}

/** @param what what the column should have. */
export function incomplete({ path }: ColumnTemplate, what: string): IpcError {
  return new IpcError("IPC_MALFORMED", `column ${path} cannot be encoded: expected ${what}`, {
    column: path,
  });
}
