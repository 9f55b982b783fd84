import { DataType } from "apache-arrow";
import type { DerivedBuffer } from "./body.ts";
import { bytesOf, type ColumnCollector, incomplete, type Rows } from "./column-collector.ts";
import type { ColumnTemplate } from "./column-template.ts";

/** Adds a union: of each child those values alone that the rows point to. */
export function addUnion(
  collector: ColumnCollector,
  template: ColumnTemplate,
  { data, from, length }: Rows,
  dense: boolean,
): void {
  const { body } = collector;
  const typeIds: Int8Array = (data.typeIds ?? new Int8Array(0)).subarray(from, from + length);
  if (typeIds.length !== length)
    throw incomplete(template, `type ids for all of its ${length} rows`);
  body.addNode(length, 0);
  body.addBuffer(bytesOf(typeIds, 0, length));
  const ranges = dense
    ? addUnionOffsets(collector, template, { data, from, length }, typeIds)
    : undefined;
  for (const [i, child] of template.children.entries()) {
    const values = data.children[i];
    if (values === undefined) throw incomplete(template, `child ${i}`);
    const { begin, end } = ranges?.[i] ?? { begin: from, end: from + length };
    collector.add(child, { data: values, from: begin, length: end - begin });
  }
}

interface Range {
  begin: number;
  end: number;
}

/** The range of each child that the rows point into, after adding offsets from its start. */
function addUnionOffsets(
  { body }: ColumnCollector,
  template: ColumnTemplate,
  { data, from, length }: Rows,
  typeIds: Int8Array,
): Range[] {
  const { type } = data;
  const offsets: Int32Array = (data.valueOffsets ?? new Int32Array(0)).subarray(
    from,
    from + length,
  );
  if (!DataType.isUnion(type) || offsets.length !== length) {
    throw incomplete(template, `offsets for all of its ${length} rows`);
  }
  const byTypeId: (Range | undefined)[] = [];
  const ranges = Array.from(type.typeIds, (id): Range => {
    const range = { begin: Number.POSITIVE_INFINITY, end: 0 };
    byTypeId[id] = range;
    return range;
  });
  for (let i = 0; i < length; i++) {
    const range = byTypeId[typeIds[i] ?? -1];
    const offset = offsets[i] ?? -1;
    if (range === undefined || offset < 0) {
      throw incomplete(template, `type ids of its children and offsets, at row ${i}`);
    }
    range.begin = Math.min(range.begin, offset);
    range.end = Math.max(range.end, offset + 1);
  }
  for (const range of ranges) range.begin = Math.min(range.begin, range.end);
  const moved = ranges.some(({ begin }) => begin > 0);
  const starts = byTypeId.map((range) => range?.begin ?? 0);
  body.addBuffer(
    moved ? new UnionOffsets(offsets, typeIds, starts) : bytesOf(offsets, 0, offsets.byteLength),
  );
  return ranges;
}

/** Offsets of a dense union, each from the start of what crosses of its child. */
class UnionOffsets implements DerivedBuffer {
  readonly byteLength: number;
  readonly #offsets: Int32Array;
  readonly #typeIds: Int8Array;
  readonly #starts: readonly number[];

  constructor(offsets: Int32Array, typeIds: Int8Array, starts: readonly number[]) {
    this.#offsets = offsets;
    this.#typeIds = typeIds;
    this.#starts = starts;
    this.byteLength = offsets.byteLength;
  }

  writeTo(target: Uint8Array): void {
    const into = new Int32Array(target.buffer, target.byteOffset, this.#offsets.length);
    for (let i = 0; i < into.length; i++) {
      into[i] = (this.#offsets[i] ?? 0) - (this.#starts[this.#typeIds[i] ?? 0] ?? 0);
    }
  }
}
