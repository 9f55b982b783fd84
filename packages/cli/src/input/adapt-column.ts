import { type Data, DataType, Type, util } from "apache-arrow";

/** Types with offsets of 64 bits, and those that have the same values with offsets of 32. */
const NARROW: ReadonlyMap<Type, Type> = new Map([
  [Type.LargeUtf8, Type.Utf8],
  [Type.LargeBinary, Type.Binary],
]);

/**
 * A column as the type that a function takes, where the values are the same and only their layout or
 * the name of their items differs: lists of a fixed size, texts and bytes with offsets of 32 or 64 bits.
 *
 * @returns undefined where it would be another value.
 */
export function adaptColumn(column: Data, type: DataType): Data | undefined {
  const from: DataType = column.type;
  if (isSame(from, type)) return column;
  if (DataType.isFixedSizeList(from) && DataType.isFixedSizeList(type)) {
    const [items] = column.children;
    if (from.listSize !== type.listSize || items === undefined) return undefined;
    const adapted = adaptColumn(items, type.children[0]?.type ?? items.type);
    return (
      adapted &&
      column.clone(type, column.offset, column.length, column.nullCount, undefined, [adapted])
    );
  }
  return sameKind(column.type, type) ? withOffsets(column, type) : undefined;
}

function isSame(a: DataType, b: DataType): boolean {
  // A guard of apache-arrow's, whose other branch says too much: two lists of one size are of one class.
  return util.compareTypes(a, b);
}

function sameKind(a: DataType, b: DataType): boolean {
  const kind = ({ typeId }: DataType) => NARROW.get(typeId) ?? typeId;
  return kind(a) === kind(b) && [...NARROW.values()].includes(kind(a));
}

const INT32_MAX = 0x7fff_ffff;

function withOffsets(column: Data, type: DataType): Data | undefined {
  // Data is typed for any column; one of this kind has offsets.
  const offsets = Array.from(column.valueOffsets as ArrayLike<number | bigint>);
  const isLarge = type.typeId === Type.LargeBinary || type.typeId === Type.LargeUtf8;
  if (!isLarge && Number(offsets.at(-1) ?? 0) > INT32_MAX) return undefined;
  const adapted = isLarge ? BigInt64Array.from(offsets, BigInt) : Int32Array.from(offsets, Number);
  const { offset, length, nullCount, values, nullBitmap } = column;
  // The buffers of a column have types of their own in apache-arrow, which these offsets have.
  const buffers = [adapted, values, nullBitmap, column.typeIds] as unknown as Data["buffers"];
  return column.clone(type, offset, length, nullCount, buffers);
}
