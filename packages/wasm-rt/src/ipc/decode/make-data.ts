import { Data, type Vector } from "apache-arrow";
import type { MessagePosition } from "../message-position.ts";
import { checkChildren } from "./check-children.ts";
import { checkIndices } from "./check-values.ts";
import type { ColumnBuffers } from "./column-buffers.ts";

// What apache-arrow has where there is no bitmap.
const NO_BITMAP = new Uint8Array(0);

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
  const { column, length, nullCount, validity, values } = buffers;
  checkChildren(buffers, position);
  if (dictionary !== undefined) checkDictionary(buffers, dictionary, position);
  return new Data(
    column.type,
    0,
    length,
    nullCount,
    [
      buffers.offsets?.array ?? buffers.unionOffsets,
      values,
      validity ?? NO_BITMAP,
      buffers.typeIds,
    ],
    buffers.children.map(dataOf),
    dictionary,
    buffers.variadic,
  );
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
