import { DataType } from "apache-arrow";
import type { MessagePosition } from "../message-position.ts";
import { checkUnionOffsets } from "./check-values.ts";
import type { ColumnBuffers } from "./column-buffers.ts";
import { checkOffsetsEnd } from "./offsets.ts";
import { hasUncoveredNull } from "./validity.ts";

/** Checks what the buffers of a column say of its children: their lengths, and their nulls. */
export function checkChildren(buffers: ColumnBuffers, position: MessagePosition): void {
  const { layout } = buffers.column;
  switch (layout.kind) {
    case "struct":
      checkStruct(buffers, position);
      return;
    case "fixed-list":
      checkFixedList(buffers, layout.size, position);
      return;
    case "list":
      checkList(buffers, position);
      return;
    case "union":
      checkUnion(buffers, position);
      return;
    default:
      return;
  }
}

/** Checks that a column has no nulls where it is not nullable. */
export function refuseNulls(buffers: ColumnBuffers, position: MessagePosition): void {
  if (mayHaveItsNulls(buffers)) return;
  throw position.malformed(
    "non-nullable",
    `expected no nulls of a field that is not nullable, got ${buffers.nullCount}`,
    buffers.column.field.path,
  );
}

function mayHaveItsNulls({ column, nullCount }: ColumnBuffers): boolean {
  // A column of the type Null has nothing else, whatever its field says.
  return column.nullable || nullCount === 0 || column.layout.kind === "null";
}

/** As `refuseNulls`, for a child that may be null where its parent is; `perParent` share one. */
function refuseUncoveredNulls(
  child: ColumnBuffers,
  { length, validity }: ColumnBuffers,
  perParent: number,
  position: MessagePosition,
): void {
  if (mayHaveItsNulls(child)) return;
  const parent = validity;
  if (parent && !hasUncoveredNull(child.validity, length * perParent, parent, perParent)) return;
  refuseNulls(child, position);
}

function checkStruct(buffers: ColumnBuffers, position: MessagePosition): void {
  const { children, length, column } = buffers;
  for (const [i, child] of children.entries()) {
    if (child.length !== length) {
      throw position.malformed(
        "struct-length",
        `expected children of ${length} values, got ${child.length} of child ${i}`,
        column.field.path,
      );
    }
    refuseUncoveredNulls(child, buffers, 1, position);
  }
}

function checkFixedList(buffers: ColumnBuffers, size: number, position: MessagePosition): void {
  const { children, length, column } = buffers;
  for (const items of children) {
    if (items.length < length * size) {
      throw position.malformed(
        "fixed-list-length",
        `expected ${size} items for each of ${length} values, got ${items.length} in all`,
        column.field.path,
      );
    }
    refuseUncoveredNulls(items, buffers, size, position);
  }
}

function checkList(buffers: ColumnBuffers, position: MessagePosition): void {
  const { children, column, offsets } = buffers;
  for (const items of children) {
    if (offsets) checkOffsetsEnd(column, position, offsets, items.length, "items");
    refuseNulls(items, position);
  }
}

function checkUnion(buffers: ColumnBuffers, position: MessagePosition): void {
  const { children, column, length, typeIds, unionOffsets } = buffers;
  const { type, field } = column;
  if (unionOffsets === undefined) {
    for (const [i, child] of children.entries()) {
      if (child.length === length) continue;
      throw position.malformed(
        "union-length",
        `expected children of ${length} values, got ${child.length} of child ${i}`,
        field.path,
      );
    }
    return;
  }
  // The layout of a union is read with its type ids.
  if (!DataType.isUnion(type) || typeIds === undefined) return;
  const lengths = new Array<number>(128).fill(0);
  for (const [i, id] of type.typeIds.entries()) lengths[id] = children[i]?.length ?? 0;
  checkUnionOffsets(column, position, typeIds, unionOffsets, lengths);
}
