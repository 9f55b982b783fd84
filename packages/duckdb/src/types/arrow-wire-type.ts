import { type PrimitiveName, toArrowType, type ValueType } from "@uni/plugin";
import { type DataType, FixedSizeList } from "apache-arrow";
import { PRIMITIVE_NAMES } from "./sql-type.ts";

const NAMES = new Map<string, PrimitiveName>(
  PRIMITIVE_NAMES.map((arrow) => [String(toArrowType({ kind: "primitive", arrow })), arrow]),
);

/** The wire type of an Arrow type, where it has one. */
export function arrowWireType(type: DataType): ValueType | undefined {
  if (type instanceof FixedSizeList) {
    const element = NAMES.get(String(type.children[0]?.type));
    return element && { kind: "vector", len: type.listSize, element };
  }
  const arrow = NAMES.get(String(type));
  return arrow && { kind: "primitive", arrow };
}
