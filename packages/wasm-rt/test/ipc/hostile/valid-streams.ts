import {
  type BatchSpec,
  batch,
  field,
  NONE,
  type StreamSpec,
  stream,
  TYPES,
  withDictionary,
} from "./stream-spec.ts";

const utf8 = (text: string) => new TextEncoder().encode(text);

/** A view of a value that is inline, or in a data buffer where it is longer than 12 bytes. */
export function view(value: string, buffer = 0, offset = 0): Uint8Array {
  const bytes = utf8(value);
  const words = new Uint8Array(16);
  const numbers = new DataView(words.buffer);
  numbers.setInt32(0, bytes.length, true);
  words.set(bytes.subarray(0, bytes.length > 12 ? 4 : 12), 4);
  if (bytes.length > 12) {
    numbers.setInt32(8, buffer, true);
    numbers.setInt32(12, offset, true);
  }
  return words;
}

export const LONG = "a value of more than twelve bytes";

/** Small streams, each of one batch that a decoder must take; made anew for every test. */
export const VALID = {
  doubles: () =>
    stream(
      [field("x", TYPES.float64), field("y", TYPES.float64)],
      batch(
        2,
        [
          [2, 1],
          [2, 0],
        ],
        [Uint8Array.of(0b01), Float64Array.of(1, 0), NONE, Float64Array.of(3, 4)],
      ),
    ),
  text: () =>
    stream(
      [field("s", TYPES.utf8)],
      batch(3, [[3, 0]], [NONE, Int32Array.of(0, 2, 3, 3), utf8("éx")]),
    ),
  largeText: () =>
    stream(
      [field("s", TYPES.largeUtf8)],
      batch(3, [[3, 0]], [NONE, BigInt64Array.of(0n, 2n, 3n, 3n), utf8("éx")]),
    ),
  views: () =>
    stream(
      [field("v", TYPES.utf8View)],
      batch(
        3,
        [[3, 0]],
        [NONE, Buffer.concat([view("short"), view(LONG), view("twelve bytes")]), utf8(LONG)],
        [1],
      ),
    ),
  binaryViews: () =>
    stream(
      [field("v", TYPES.binaryView)],
      batch(2, [[2, 0]], [NONE, Buffer.concat([view("short"), view(LONG)]), utf8(LONG)], [1]),
    ),
  list: () =>
    stream(
      [field("l", TYPES.list, { children: [field("item", TYPES.int32)] })],
      batch(
        2,
        [
          [2, 0],
          [3, 0],
        ],
        [NONE, Int32Array.of(0, 1, 3), NONE, Int32Array.of(7, 8, 9)],
      ),
    ),
  largeList: () =>
    stream(
      [field("l", TYPES.largeList, { children: [field("item", TYPES.int32)] })],
      batch(
        2,
        [
          [2, 0],
          [3, 0],
        ],
        [NONE, BigInt64Array.of(0n, 1n, 3n), NONE, Int32Array.of(7, 8, 9)],
      ),
    ),
  fixedList: () =>
    stream(
      [field("f", TYPES.fixedList, { children: [field("item", TYPES.int32)] })],
      batch(
        2,
        [
          [2, 0],
          [4, 0],
        ],
        [NONE, NONE, Int32Array.of(1, 2, 3, 4)],
      ),
    ),
  struct: () =>
    stream(
      [field("s", TYPES.struct, { children: [field("a", TYPES.int32, { nullable: false })] })],
      batch(
        2,
        [
          [2, 1],
          [2, 1],
        ],
        [Uint8Array.of(0b01), Uint8Array.of(0b01), Int32Array.of(1, 0)],
      ),
    ),
  map: () =>
    stream(
      [
        field("m", TYPES.map, {
          children: [
            field("entries", TYPES.struct, {
              nullable: false,
              children: [
                field("key", TYPES.int32, { nullable: false }),
                field("value", TYPES.int32),
              ],
            }),
          ],
        }),
      ],
      batch(
        1,
        [
          [1, 0],
          [2, 0],
          [2, 0],
          [2, 1],
        ],
        [
          NONE,
          Int32Array.of(0, 2),
          NONE,
          NONE,
          Int32Array.of(1, 2),
          Uint8Array.of(0b10),
          Int32Array.of(0, 5),
        ],
      ),
    ),
  sparseUnion: () =>
    stream(
      [
        field("u", TYPES.sparseUnion, {
          children: [field("i", TYPES.int32), field("d", TYPES.float64)],
        }),
      ],
      batch(
        2,
        [
          [2, 0],
          [2, 0],
          [2, 0],
        ],
        [Int8Array.of(5, 9), NONE, Int32Array.of(1, 0), NONE, Float64Array.of(0, 2)],
      ),
    ),
  denseUnion: () =>
    stream(
      [
        field("u", TYPES.denseUnion, {
          children: [field("i", TYPES.int32), field("d", TYPES.float64)],
        }),
      ],
      batch(
        3,
        [
          [3, 0],
          [1, 0],
          [2, 0],
        ],
        [
          Int8Array.of(9, 5, 9),
          Int32Array.of(0, 0, 1),
          NONE,
          Int32Array.of(1),
          NONE,
          Float64Array.of(2, 3),
        ],
      ),
    ),
  dates: () =>
    stream([field("d", TYPES.date64)], batch(1, [[1, 0]], [NONE, BigInt64Array.of(86_400_000n)])),
  dictionary: () =>
    withDictionary(
      [field("d", TYPES.utf8, { dictionary: { id: 0, index: TYPES.int8 } })],
      batch(2, [[2, 0]], [NONE, Int32Array.of(0, 1, 2), utf8("ab")]),
      batch(3, [[3, 1]], [Uint8Array.of(0b101), Int8Array.of(1, 99, 0)]),
    ),
  nulls: () => stream([field("n", TYPES.null)], batch(4, [[4, 4]], [])),
} satisfies Record<string, () => StreamSpec>;

/** The header of a stream's last batch. */
export function lastBatch({ messages }: StreamSpec): BatchSpec {
  const header = messages.at(-1)?.header;
  if (header?.is !== "batch") throw new Error("the stream ends without a batch");
  return header;
}

/** The bytes of a buffer of a stream's last batch, to be written to. */
export function lastBuffer(spec: StreamSpec, index: number): Uint8Array {
  const region = lastBatch(spec).buffers?.[index];
  const body = spec.messages.at(-1)?.body;
  if (region === undefined || body === undefined) throw new Error(`no buffer ${index}`);
  return body.subarray(Number(region.offset), Number(region.offset) + Number(region.length));
}
