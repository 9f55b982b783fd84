/**
 * A stream as plain data, down to every number in it, so that a test can write any of them wrong.
 * `writeStream` makes bytes of it with the official flatbuffers library.
 */
export interface StreamSpec {
  messages: MessageSpec[];
  /** What the stream ends with. */
  end: Uint8Array;
}

export interface MessageSpec {
  continuation?: number;
  /** In place of the real one. */
  metadataBytes?: number;
  version?: number;
  /** Beside what the header says of itself. */
  headerKind?: number;
  header?: SchemaSpec | BatchSpec | DictionarySpec | undefined;
  bodyLength?: number | bigint;
  metadata?: [string, string][];
  body: Uint8Array;
}

export interface SchemaSpec {
  is: "schema";
  endianness?: number;
  fields?: FieldSpec[] | undefined;
  metadata?: [string, string][];
}

export interface FieldSpec {
  name?: string | undefined;
  nullable?: boolean;
  type: TypeSpec;
  children?: FieldSpec[];
  dictionary?: { id: number; index?: TypeSpec; kind?: number };
  metadata?: [string, string][];
}

/** The number of a type in `union Type`, and the values of its table by slot. */
export interface TypeSpec {
  kind: number;
  slots: readonly SlotSpec[];
  /** No table at all. */
  absent?: boolean;
}

export type SlotSpec =
  | { readonly i8: number }
  | { readonly i16: number }
  | { readonly i32: number }
  | { readonly i32s: readonly number[] }
  | { readonly text: string };

export interface BatchSpec {
  is: "batch";
  length: number | bigint;
  nodes?: { length: number | bigint; nullCount: number | bigint }[] | undefined;
  buffers?: { offset: number | bigint; length: number | bigint }[] | undefined;
  compression?: { codec: number };
  variadicCounts?: (number | bigint)[];
}

export interface DictionarySpec {
  is: "dictionary";
  id: number | bigint;
  isDelta?: boolean;
  data?: BatchSpec | undefined;
}

export const END: Uint8Array = Uint8Array.of(255, 255, 255, 255, 0, 0, 0, 0);

// `union Type` of Schema.fbs.
export const TYPES = {
  null: { kind: 1, slots: [] },
  int8: { kind: 2, slots: [{ i32: 8 }, { i8: 1 }] },
  int32: { kind: 2, slots: [{ i32: 32 }, { i8: 1 }] },
  int64: { kind: 2, slots: [{ i32: 64 }, { i8: 1 }] },
  float64: { kind: 3, slots: [{ i16: 2 }] },
  binary: { kind: 4, slots: [] },
  utf8: { kind: 5, slots: [] },
  bool: { kind: 6, slots: [] },
  date64: { kind: 8, slots: [{ i16: 1 }] },
  timestampSecond: { kind: 10, slots: [{ i16: 0 }] },
  timestampMs: { kind: 10, slots: [{ i16: 1 }] },
  timestampUs: { kind: 10, slots: [{ i16: 2 }, { text: "UTC" }] },
  list: { kind: 12, slots: [] },
  struct: { kind: 13, slots: [] },
  sparseUnion: { kind: 14, slots: [{ i16: 0 }, { i32s: [5, 9] }] },
  denseUnion: { kind: 14, slots: [{ i16: 1 }, { i32s: [5, 9] }] },
  fixedBinary: { kind: 15, slots: [{ i32: 3 }] },
  fixedList: { kind: 16, slots: [{ i32: 2 }] },
  map: { kind: 17, slots: [{ i8: 0 }] },
  largeBinary: { kind: 19, slots: [] },
  largeUtf8: { kind: 20, slots: [] },
  largeList: { kind: 21, slots: [] },
  runEndEncoded: { kind: 22, slots: [] },
  binaryView: { kind: 23, slots: [] },
  utf8View: { kind: 24, slots: [] },
} as const satisfies Record<string, TypeSpec>;

/** A nullable field. */
export function field(name: string, type: TypeSpec, more: Partial<FieldSpec> = {}): FieldSpec {
  return { name, nullable: true, type, ...more };
}

/** The columns of a batch: nodes and buffers in their order, the buffers laid out one by one. */
export function batch(
  length: number,
  nodes: readonly (readonly [length: number, nullCount: number])[],
  buffers: readonly ArrayBufferView[],
  variadicCounts?: number[],
): { header: BatchSpec; body: Uint8Array } {
  let at = 0;
  const regions = buffers.map(({ byteLength }) => {
    const offset = at;
    at += Math.ceil(byteLength / 8) * 8;
    return { offset, length: byteLength };
  });
  const body = new Uint8Array(at);
  for (const [i, { buffer, byteOffset, byteLength }] of buffers.entries()) {
    body.set(new Uint8Array(buffer, byteOffset, byteLength), regions[i]?.offset);
  }
  const header: BatchSpec = {
    is: "batch",
    length,
    nodes: nodes.map(([count, nullCount]) => ({ length: count, nullCount })),
    buffers: regions,
    ...(variadicCounts && { variadicCounts }),
  };
  return { header, body };
}

/** A stream of a schema and one batch. */
export function stream(
  fields: FieldSpec[],
  one: { header: BatchSpec; body: Uint8Array },
): StreamSpec {
  return { messages: [{ header: { is: "schema", fields }, body: NONE }, one], end: END };
}

/** A stream of a schema, one dictionary and one batch. */
export function withDictionary(
  fields: FieldSpec[],
  dictionary: { header: BatchSpec; body: Uint8Array },
  one: { header: BatchSpec; body: Uint8Array },
): StreamSpec {
  const { header, body } = dictionary;
  const spec = stream(fields, one);
  spec.messages.splice(1, 0, { header: { is: "dictionary", id: 0, data: header }, body });
  return spec;
}

export const NONE: Uint8Array = new Uint8Array(0);
