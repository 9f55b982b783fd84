import { type DataType, MetadataVersion } from "apache-arrow";
import type { ArrayClass } from "../layout.ts";
import type { ObjectCount } from "../limits.ts";
import { VIEW_BYTES } from "../view-layout.ts";
import type { BatchCursor, Region } from "./batch-cursor.ts";
import { checkText } from "./check-text.ts";
import { checkInstants, checkTypeIds } from "./check-values.ts";
import { checkViews } from "./check-views.ts";
import type { Column } from "./column.ts";
import { ColumnBuffers } from "./column-buffers.ts";
import { checkOffsets, checkOffsetsEnd, type Offsets } from "./offsets.ts";
import { countNulls, type Validity } from "./validity.ts";

/**
 * Reads the buffers of columns in the order in which a batch has them. What of a column depends on
 * its children is for `makeData` to check.
 */
export class BufferReader {
  readonly #bytes: Uint8Array;
  readonly #cursor: BatchCursor;
  readonly #version: MetadataVersion;
  readonly #objects: ObjectCount;

  /** @param objects counts the data buffers of views. */
  constructor(
    bytes: Uint8Array,
    cursor: BatchCursor,
    version: MetadataVersion,
    objects: ObjectCount,
  ) {
    this.#objects = objects;
    this.#bytes = bytes;
    this.#cursor = cursor;
    this.#version = version;
  }

  read(column: Column): ColumnBuffers {
    const { layout } = column;
    const length = this.#cursor.length(column);
    const nullCount = this.#cursor.nullCount(column, length);
    if (layout.kind === "null") return new ColumnBuffers(column, length, length, undefined);
    if (layout.kind === "union") return this.#union(column, length, layout.dense);
    const validity = this.#validity(column, length, nullCount);
    const buffers = new ColumnBuffers(column, length, nullCount, validity);
    switch (layout.kind) {
      case "struct":
      case "fixed-list":
        break;
      case "bits":
        buffers.values = this.#elements(column, "values", Uint8Array, bitsToBytes(length));
        break;
      case "dictionary":
        buffers.values = this.#elements(column, "indices", layout.array, length);
        break;
      case "fixed": {
        const values = this.#elements(column, "values", layout.array, length * layout.perValue);
        if (layout.instants !== undefined) {
          // Only columns of 64 bits have instants.
          const wide = values as BigInt64Array;
          checkInstants(column, this.#cursor.position, wide, validity, layout.instants);
        }
        buffers.values = values;
        break;
      }
      case "list":
        buffers.offsets = this.#offsets(column, length, layout.wide);
        break;
      case "bytes":
        this.#readBytes(buffers, layout.wide, layout.text);
        break;
      case "views":
        this.#readViews(buffers, layout.text);
        break;
    }
    return buffers;
  }

  #readBytes(buffers: ColumnBuffers, wide: boolean, text: boolean): void {
    const { column, length } = buffers;
    const { position } = this.#cursor;
    const offsets = this.#offsets(column, length, wide);
    const values = this.#whole("values", column);
    checkOffsetsEnd(column, position, offsets, values.byteLength, "bytes");
    if (text) checkText(column, position, values, offsets);
    buffers.offsets = offsets;
    buffers.values = values;
  }

  #readViews(buffers: ColumnBuffers, text: boolean): void {
    const { column, length } = buffers;
    const views = this.#elements(column, "views", Uint8Array, length * VIEW_BYTES);
    const count = this.#cursor.variadicCount(column);
    this.#objects.add(count);
    const variadic: Uint8Array[] = [];
    for (let i = 0; i < count; i++) variadic.push(this.#whole("data", column));
    checkViews(column, this.#cursor.position, views, variadic, text);
    buffers.values = views;
    buffers.variadic = variadic;
  }

  #union(column: Column, length: number, dense: boolean): ColumnBuffers {
    // Format, "Versions": up to V4 a union had a bitmap of its own, which apache-arrow cannot keep.
    if (this.#version === MetadataVersion.V4) this.#cursor.buffer(column, "validity");
    const buffers = new ColumnBuffers(column, length, 0, undefined);
    const typeIds = this.#elements(column, "type ids", Int8Array, length);
    checkTypeIds(column, this.#cursor.position, typeIds, typeIdsOf(column.type));
    buffers.typeIds = typeIds;
    if (dense) buffers.unionOffsets = this.#elements(column, "offsets", Int32Array, length);
    return buffers;
  }

  #validity(column: Column, length: number, nullCount: number): Validity {
    const region = this.#cursor.buffer(column, "validity");
    if (region.bytes === 0 && nullCount === 0) return undefined;
    const bitmap = this.#view(column, "validity", region, Uint8Array, bitsToBytes(length));
    const nulls = countNulls(bitmap, length);
    if (nulls !== nullCount) {
      throw this.#cursor.position.malformed(
        "validity-count",
        `expected ${nullCount} nulls in its validity bitmap, as its node says, got ${nulls}`,
        column.field.path,
      );
    }
    return nullCount === 0 ? undefined : bitmap;
  }

  #offsets(column: Column, length: number, wide: boolean): Offsets {
    const { position } = this.#cursor;
    const array: ArrayClass<Int32Array | BigInt64Array> = wide ? BigInt64Array : Int32Array;
    const region = this.#cursor.buffer(column, "offsets");
    // Format, "Variable-size Binary Layout": a column without values may leave its one offset out.
    const offsets =
      length === 0 && region.bytes === 0
        ? new array(1)
        : this.#view(column, "offsets", region, array, length + 1);
    return checkOffsets(column, position, offsets);
  }

  #elements<T extends ArrayBufferView>(
    column: Column,
    what: string,
    array: ArrayClass<T>,
    count: number,
  ): T {
    return this.#view(column, what, this.#cursor.buffer(column, what), array, count);
  }

  #view<T extends ArrayBufferView>(
    column: Column,
    what: string,
    { at, bytes }: Region,
    array: ArrayClass<T>,
    count: number,
  ): T {
    const needed = count * array.BYTES_PER_ELEMENT;
    if (bytes < needed || bytes % array.BYTES_PER_ELEMENT !== 0) {
      throw this.#cursor.position.malformed(
        "buffer-length",
        `expected ${what} of at least ${needed} bytes in whole elements of ${array.BYTES_PER_ELEMENT}, got ${bytes}`,
        column.field.path,
      );
    }
    // An empty buffer may be anywhere, at an offset that its elements could not have.
    if (count === 0) return new array(0);
    return new array(this.#bytes.buffer, this.#bytes.byteOffset + at, count);
  }

  #whole(what: string, column: Column): Uint8Array {
    const { at, bytes } = this.#cursor.buffer(column, what);
    return this.#bytes.subarray(at, at + bytes);
  }
}

function bitsToBytes(bits: number): number {
  return Math.ceil(bits / 8);
}

function typeIdsOf(type: DataType): Int32Array {
  // Only a union has type ids, and it has them as this.
  return (type as DataType & { readonly typeIds: Int32Array }).typeIds;
}
