import type { Broken } from "./broken-streams.ts";
import type { StreamSpec } from "./stream-spec.ts";
import { lastBatch, lastBuffer } from "./valid-streams.ts";

const bytesAt =
  (buffer: number, at: number, ...values: number[]) =>
  (spec: StreamSpec): void =>
    lastBuffer(spec, buffer).set(values, at);

const int32At =
  (buffer: number, index: number, value: number) =>
  (spec: StreamSpec): void => {
    const { buffer: memory, byteOffset } = lastBuffer(spec, buffer);
    new DataView(memory, byteOffset).setInt32(index * 4, value, true);
  };

const int64At =
  (buffer: number, index: number, value: bigint) =>
  (spec: StreamSpec): void => {
    const { buffer: memory, byteOffset } = lastBuffer(spec, buffer);
    new DataView(memory, byteOffset).setBigInt64(index * 8, value, true);
  };

const nodeLength =
  (index: number, length: number) =>
  (spec: StreamSpec): void =>
    void Object.assign(lastBatch(spec).nodes?.[index] ?? {}, { length });

const bothTexts = (what: string, change: Broken["spec"] & {}): Broken[] => [
  { what, of: "text", spec: change, column: "s" },
];

const millisecondsBeyond = 2n ** 53n;

/** Rules of what is in the buffers. */
export const BROKEN_VALUES = {
  "offsets-range": [
    { what: "a negative offset", of: "text", spec: int32At(1, 0, -1), column: "s" },
    { what: "an offset behind the text", of: "text", spec: int32At(1, 3, 9) },
    { what: "a negative wide offset", of: "largeText", spec: int64At(1, 0, -1n) },
    { what: "a wide offset behind the text", of: "largeText", spec: int64At(1, 3, 2n ** 40n) },
    { what: "a wide offset beyond 2^53", of: "largeText", spec: int64At(1, 3, 2n ** 62n) },
    { what: "an offset behind a list's items", of: "list", spec: int32At(1, 2, 4) },
    { what: "a negative offset of a list", of: "list", spec: int32At(1, 0, -3) },
    { what: "a wide offset behind a list's items", of: "largeList", spec: int64At(1, 2, 4n) },
    { what: "an offset behind a map's entries", of: "map", spec: int32At(1, 1, 3) },
  ],
  "offsets-order": [
    { what: "text that ends before it starts", of: "text", spec: int32At(1, 2, 1), column: "s" },
    { what: "wide text that ends before it starts", of: "largeText", spec: int64At(1, 2, 1n) },
    { what: "a list that ends before it starts", of: "list", spec: int32At(1, 1, 4) },
  ],
  "text-utf8": [
    ...bothTexts("a byte that starts no character", bytesAt(2, 0, 0xff)),
    ...bothTexts("a character that is cut off", bytesAt(2, 2, 0xc3)),
    ...bothTexts("a character that is longer than need be", bytesAt(2, 0, 0xc1, 0x81)),
    { what: "half of a surrogate pair", of: "text", spec: bytesAt(2, 0, 0xed, 0xa0, 0x80) },
    { what: "wide text that is not UTF-8", of: "largeText", spec: bytesAt(2, 2, 0x80) },
    { what: "an inline view that is not UTF-8", of: "views", spec: bytesAt(1, 4, 0xff) },
    {
      what: "a view into bytes that are not UTF-8",
      of: "views",
      spec: bytesAt(2, 20, 0xff),
      column: "v",
    },
    {
      what: "a dictionary's value",
      of: "dictionary",
      spec: ({ messages }) => messages[1]?.body.set([0xff], 16),
    },
  ],
  "text-boundary": [
    { what: "an offset within a character", of: "text", spec: int32At(1, 1, 1), column: "s" },
    { what: "a wide offset within a character", of: "largeText", spec: int64At(1, 1, 1n) },
    {
      what: "a view that ends within a character",
      of: "views",
      spec: (spec) => {
        // The data buffer is UTF-8 as a whole; the view leaves out its last byte.
        const data = lastBuffer(spec, 2);
        data.set([0xc3, 0xa9], data.length - 2);
        int32At(1, 4, data.length - 1)(spec);
      },
      column: "v",
    },
  ],
  "view-length": [
    { what: "a negative length", of: "views", spec: int32At(1, 0, -5), column: "v" },
    { what: "the most negative length", of: "binaryViews", spec: int32At(1, 0, -(2 ** 31)) },
  ],
  "view-padding": [
    { what: "a byte behind an inline value", of: "views", spec: bytesAt(1, 4 + 5, 1), column: "v" },
    { what: "the last byte of an inline view", of: "binaryViews", spec: bytesAt(1, 15, 1) },
  ],
  "view-range": [
    { what: "a data buffer that there is not", of: "views", spec: int32At(1, 6, 1), column: "v" },
    { what: "a negative data buffer", of: "views", spec: int32At(1, 6, -1) },
    { what: "a negative offset", of: "binaryViews", spec: int32At(1, 7, -1) },
    { what: "an offset behind the data", of: "binaryViews", spec: int32At(1, 7, 4000) },
    { what: "a length behind the data", of: "binaryViews", spec: int32At(1, 4, 4000) },
    { what: "the longest length", of: "binaryViews", spec: int32At(1, 4, 2 ** 31 - 1) },
  ],
  "view-prefix": [
    { what: "another first byte", of: "views", spec: bytesAt(1, 20, 0x5a), column: "v" },
    { what: "another fourth byte", of: "binaryViews", spec: bytesAt(1, 23, 0x5a) },
  ],
  "view-overlap": [
    {
      what: "views that overlap in bytes of which not all are UTF-8",
      of: "views",
      spec: (spec) => {
        // Three views of nearly all of a buffer whose last byte no view shows.
        const data = lastBuffer(spec, 2);
        const views = lastBuffer(spec, 1);
        data[data.length - 1] = 0xff;
        views.copyWithin(0, 16, 32);
        views.copyWithin(32, 0, 16);
        for (const i of [0, 1, 2]) int32At(1, i * 4, data.length - 1)(spec);
      },
      code: "IPC_UNSUPPORTED",
      column: "v",
    },
  ],
  "struct-length": [
    {
      what: "a child that is longer",
      of: "struct",
      spec: (spec) => {
        Object.assign(lastBatch(spec).nodes?.[0] ?? {}, { length: 1, nullCount: 0 });
        Object.assign(lastBatch(spec).buffers?.[0] ?? {}, { length: 0 });
      },
      column: "s",
    },
    {
      what: "a child that is shorter",
      of: "struct",
      spec: (spec) => {
        Object.assign(lastBatch(spec).nodes?.[1] ?? {}, { length: 1, nullCount: 0 });
        Object.assign(lastBatch(spec).buffers?.[1] ?? {}, { length: 0 });
      },
    },
  ],
  "fixed-list-length": [
    { what: "an item too few", of: "fixedList", spec: nodeLength(1, 3), column: "f" },
  ],
  "map-entries": [
    ...(["entries", "key"] as const).map((which) => ({
      what: `nullable: ${which}`,
      of: "map" as const,
      spec: ({ messages }: StreamSpec) => {
        const schema = messages[0]?.header;
        const entries = schema?.is === "schema" ? schema.fields?.[0]?.children?.[0] : undefined;
        const field = which === "entries" ? entries : entries?.children?.[0];
        Object.assign(field ?? {}, { nullable: true });
      },
      column: "m",
    })),
  ],
  "union-length": [
    { what: "a child that is shorter", of: "sparseUnion", spec: nodeLength(2, 1), column: "u" },
  ],
  "union-type-id": [
    { what: "an id that there is not", of: "sparseUnion", spec: bytesAt(0, 0, 7), column: "u" },
    { what: "a negative id", of: "denseUnion", spec: bytesAt(0, 1, 0xff) },
  ],
  "union-offset": [
    { what: "an offset behind its child", of: "denseUnion", spec: int32At(1, 1, 1), column: "u" },
    { what: "a negative offset", of: "denseUnion", spec: int32At(1, 0, -1) },
  ],
  "instant-range": [
    {
      what: "a date that is no safe integer",
      of: "dates",
      spec: int64At(1, 0, millisecondsBeyond),
      code: "IPC_UNSUPPORTED",
      column: "d",
    },
    {
      what: "the earliest date of 64 bits",
      of: "dates",
      spec: int64At(1, 0, -(2n ** 63n)),
      code: "IPC_UNSUPPORTED",
    },
  ],
  "dictionary-index": [
    {
      what: "an index behind the dictionary",
      of: "dictionary",
      spec: bytesAt(1, 0, 2),
      column: "d",
    },
    { what: "a negative index", of: "dictionary", spec: bytesAt(1, 2, 0xff) },
  ],
} as const satisfies Record<string, readonly Broken[]>;
