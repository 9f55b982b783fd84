import { PluginError, toArrowType, type ValueType } from "@uni/plugin";
import { type Data, type DataType, FixedSizeList } from "apache-arrow";

/**
 * The column that a function gave. A guest's has been checked before; a host's own function can give
 * anything, and DuckDB would read beyond a column that is too short.
 *
 * @param pieces of the column: Arrow lets it be in several.
 * @throws PluginError `ARGUMENTS_INVALID` where it is not `rows` values of `type`, in one piece.
 */
export function resultColumn(pieces: readonly Data[], rows: number, type: ValueType): Data {
  const [column, ...more] = pieces;
  const expected = toArrowType(type);
  if (
    column !== undefined &&
    more.length === 0 &&
    column.length === rows &&
    sameType(column.type, expected)
  ) {
    return column;
  }
  const came = pieces.map((piece) => `${piece.length} of ${piece.type}`).join(" and ");
  throw new PluginError(
    "ARGUMENTS_INVALID",
    `expected a column of ${rows} values of ${expected} in one piece, got ${came || "none"}`,
  );
}

function sameType(type: DataType, expected: DataType): boolean {
  // The elements of a vector may have any name.
  if (!(expected instanceof FixedSizeList)) return String(type) === String(expected);
  if (!(type instanceof FixedSizeList)) return false;
  const [mine, theirs] = [type, expected].map(({ children }) => String(children[0]?.type));
  return type.listSize === expected.listSize && mine === theirs;
}
