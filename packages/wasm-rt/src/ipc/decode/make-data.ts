import { Data, type Vector } from "apache-arrow";
import type { MessagePosition } from "../message-position.ts";
import { NO_BITMAP } from "../record-batch.ts";
import { checkChildren } from "./check-children.ts";
import { checkIndices } from "./check-values.ts";
import type { ColumnBuffers } from "./column-buffers.ts";

/**
 * Makes a column whose children were made, after checking what its buffers say of them.
 *
 * @param dictionary what the column's indices point into, where it has any.
 */
export function makeData(
  buffers: ColumnBuffers,
  dictionary: Vector | undefined,
  position: MessagePosition,
): Data {
  const { column, length, nullCount, values } = buffers;
  checkChildren(buffers, position);
  if (dictionary !== undefined) checkDictionary(buffers, dictionary, position);
  const offsets = buffers.offsets?.array ?? buffers.unionOffsets;
  const arrays = [offsets, values, bitmapOf(buffers), buffers.typeIds];
  return new Data(
    column.type,
    0,
    length,
    nullCount,
    // Every layout leaves some of them out, which the type does not say.
    arrays as unknown as Data["buffers"],
    buffers.children.map(dataOf),
    dictionary,
    buffers.variadic,
  );
}

/** What apache-arrow has as the bitmap: nothing where there can be none. */
function bitmapOf({ column, validity }: ColumnBuffers): Uint8Array | undefined {
  const { kind } = column.layout;
  return kind === "null" || kind === "union" ? undefined : (validity ?? NO_BITMAP);
}

/** The column that was made of these buffers. */
export function dataOf({ data, column }: ColumnBuffers): Data {
  if (data !== undefined) return data;
  throw new Error(`column ${column.field.path} was asked for before it was made`);
}

function checkDictionary(
  { column, values, validity }: ColumnBuffers,
  dictionary: Vector,
  position: MessagePosition,
): void {
  // The indices of a dictionary are at most 32 bits wide.
  checkIndices(column, position, values as Int32Array, validity, dictionary.length);
  if (column.nullable || dictionary.nullCount === 0) return;
  throw position.malformed(
    "non-nullable",
    "expected a dictionary without nulls of a field that is not nullable",
    column.field.path,
  );
}
