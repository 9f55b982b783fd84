import { type BinaryCursor, malformed } from "./binary-cursor.ts";
import type { Alias, CoreSort, Sort } from "./definition.ts";

const CORE_SORTS = new Map<number, CoreSort>([
  [0x00, "core func"],
  [0x01, "core table"],
  [0x02, "core memory"],
  [0x03, "core global"],
  [0x04, "core tag"],
  [0x10, "core type"],
  [0x11, "core module"],
  [0x12, "core instance"],
]);
const SORTS = new Map<number, Sort>([
  [0x01, "func"],
  [0x02, "value"],
  [0x03, "type"],
  [0x04, "component"],
  [0x05, "instance"],
]);

export function decodeSort(cursor: BinaryCursor): Sort {
  const code = cursor.byte();
  if (code === 0x00) return decodeCoreSort(cursor);
  const sort = SORTS.get(code);
  if (sort === undefined) throw malformed(`the sort 0x${code.toString(16)}`);
  return sort;
}

export function decodeCoreSort(cursor: BinaryCursor): CoreSort {
  const code = cursor.byte();
  const sort = CORE_SORTS.get(code);
  if (sort === undefined) throw malformed(`the core sort 0x${code.toString(16)}`);
  return sort;
}

export function decodeAlias(cursor: BinaryCursor): Alias {
  const sort = decodeSort(cursor);
  const target = cursor.byte();
  switch (target) {
    case 0x00:
      return { kind: "alias export", sort, instance: cursor.u32(), name: cursor.name() };
    case 0x01:
      return { kind: "alias core export", sort, instance: cursor.u32(), name: cursor.name() };
    case 0x02:
      return { kind: "alias outer", sort, outwards: cursor.u32(), index: cursor.u32() };
  }
  throw malformed(`the alias target 0x${target.toString(16)}`);
}
