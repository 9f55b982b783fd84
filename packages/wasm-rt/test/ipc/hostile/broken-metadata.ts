import { RecordBatchFileWriter, tableFromArrays } from "apache-arrow";
import { SECRET_HANDLE_EXTENSION } from "../../../src/index.ts";
import type { Broken } from "./broken-streams.ts";
import { FirstMessage } from "./flatbuffer-positions.ts";
import {
  END,
  type FieldSpec,
  field,
  NONE,
  type SchemaSpec,
  type StreamSpec,
  TYPES,
  type TypeSpec,
} from "./stream-spec.ts";
import { lastBatch } from "./valid-streams.ts";

function schemaOf({ messages }: StreamSpec): SchemaSpec {
  const header = messages[0]?.header;
  if (header?.is !== "schema") throw new Error("the stream does not start with a schema");
  return header;
}

function firstField(spec: StreamSpec): FieldSpec {
  const [first] = schemaOf(spec).fields ?? [];
  if (first === undefined) throw new Error("the schema has no fields");
  return first;
}

const ofType = (what: string, type: TypeSpec, more: Partial<Broken> = {}): Broken => ({
  what,
  of: "doubles",
  spec: (spec) => {
    firstField(spec).type = type;
  },
  column: "x",
  ...more,
});

const setUint16 = (at: (m: FirstMessage) => number, value: number) => (bytes: Uint8Array) => {
  const message = new FirstMessage(bytes);
  message.view.setUint16(at(message), value, true);
  return undefined;
};

const setUint32 = (at: (m: FirstMessage) => number, value: number) => (bytes: Uint8Array) => {
  const message = new FirstMessage(bytes);
  message.view.setUint32(at(message), value, true);
  return undefined;
};

const add = (at: (m: FirstMessage) => number, value: number) => (bytes: Uint8Array) => {
  const message = new FirstMessage(bytes);
  message.view.setUint32(at(message), message.view.getUint32(at(message), true) + value, true);
  return undefined;
};

const big = 2n ** 60n;

/** Rules of framing, of flatbuffers and of schemas. */
export const BROKEN_METADATA = {
  "stream-format": [
    {
      what: "a file",
      of: "doubles",
      bytes: () => {
        const { batches } = tableFromArrays({ x: [1] });
        return RecordBatchFileWriter.writeAll(batches).toUint8Array(true);
      },
      code: "IPC_UNSUPPORTED",
    },
  ],
  continuation: [
    {
      what: "another continuation",
      of: "doubles",
      spec: ({ messages }) => Object.assign(messages[1] ?? {}, { continuation: 0xfffffffe }),
    },
    {
      what: "the framing of before 0.15, which had none",
      of: "doubles",
      bytes: (bytes) => bytes.subarray(4),
    },
  ],
  "metadata-length": [
    {
      what: "a negative length",
      of: "doubles",
      spec: ({ messages }) => Object.assign(messages[1] ?? {}, { metadataBytes: -8 }),
    },
    {
      what: "a length that is no multiple of 8",
      of: "doubles",
      bytes: add(() => 4, -4),
    },
  ],
  "body-length": [
    {
      what: "a body that is no multiple of 8",
      of: "doubles",
      spec: ({ messages }) => Object.assign(messages[1] ?? {}, { bodyLength: 60 }),
    },
  ],
  truncated: [
    { what: "half a prefix", of: "doubles", bytes: (bytes) => bytes.subarray(0, 4) },
    {
      what: "metadata that is cut off",
      of: "doubles",
      spec: ({ messages }) => Object.assign(messages[1] ?? {}, { metadataBytes: 8000 }),
    },
    {
      what: "a body that is cut off",
      of: "doubles",
      spec: ({ messages }) => Object.assign(messages[1] ?? {}, { bodyLength: 8000 }),
    },
  ],
  "end-of-stream": [
    {
      what: "no marker",
      of: "doubles",
      spec: (spec) => {
        spec.end = NONE;
      },
    },
  ],
  "trailing-bytes": [
    {
      what: "a byte behind the marker",
      of: "doubles",
      spec: (spec) => {
        spec.end = Uint8Array.of(...END, 0);
      },
    },
    {
      what: "a second stream",
      of: "doubles",
      bytes: (bytes) => Uint8Array.of(...bytes, ...bytes),
    },
  ],
  "schema-first": [
    {
      what: "a batch in front",
      of: "doubles",
      spec: ({ messages }) => messages.reverse(),
    },
    {
      what: "nothing but the marker",
      of: "doubles",
      spec: ({ messages }) => messages.splice(0),
    },
  ],
  "one-schema": [
    {
      what: "the schema twice",
      of: "doubles",
      spec: ({ messages }) => messages.push(...messages.slice(0, 1)),
    },
  ],
  "one-batch": [
    {
      what: "the batch twice",
      of: "doubles",
      spec: ({ messages }) => messages.push(...messages.slice(1)),
    },
  ],
  "message-kind": [
    {
      what: "a tensor",
      of: "doubles",
      spec: ({ messages }) => Object.assign(messages[1] ?? {}, { headerKind: 4 }),
    },
    {
      what: "a kind that there is not",
      of: "doubles",
      spec: ({ messages }) => Object.assign(messages[1] ?? {}, { headerKind: 77 }),
    },
  ],
  "schema-body": [
    {
      what: "a schema with a body",
      of: "doubles",
      spec: ({ messages }) => Object.assign(messages[0] ?? {}, { body: new Uint8Array(8) }),
    },
  ],
  "one-version": [
    {
      what: "a batch of V4 under a schema of V5",
      of: "doubles",
      spec: ({ messages }) => Object.assign(messages[1] ?? {}, { version: 3 }),
    },
  ],
  "metadata-version": [2, 5, -1].map((version) => ({
    what: `version ${version}`,
    of: "doubles" as const,
    spec: ({ messages }: StreamSpec) => Object.assign(messages[0] ?? {}, { version }),
    code: "IPC_UNSUPPORTED" as const,
  })),
  "flatbuffer-bounds": [
    { what: "a root outside", of: "doubles", bytes: setUint32((m) => m.rootAt, 1 << 20) },
    { what: "a root at the far end", of: "doubles", bytes: setUint32((m) => m.rootAt, 0xfffffffc) },
    {
      what: "a vtable in front of the metadata",
      of: "doubles",
      bytes: setUint32((m) => m.root, 4000),
    },
    {
      what: "a vtable behind the metadata",
      of: "doubles",
      bytes: setUint32((m) => m.root, 0xfffff000),
    },
    {
      what: "a vtable that is too long",
      of: "doubles",
      bytes: setUint16((m) => m.vtable(m.root), 4000),
    },
    { what: "a vtable of no size", of: "doubles", bytes: setUint16((m) => m.vtable(m.root), 0) },
    { what: "a vtable of odd size", of: "doubles", bytes: setUint16((m) => m.vtable(m.root), 13) },
    {
      what: "a table that is too long",
      of: "doubles",
      bytes: setUint16((m) => m.vtable(m.root) + 2, 8000),
    },
    {
      what: "a field outside of its table",
      of: "doubles",
      bytes: setUint16((m) => m.entryAt(m.root, 3), 400),
    },
    {
      what: "a field on the offset to the vtable",
      of: "doubles",
      bytes: setUint16((m) => m.entryAt(m.root, 1), 2),
    },
    {
      what: "a header outside",
      of: "doubles",
      bytes: setUint32((m) => m.fieldAt(m.root, 2), 1 << 16),
    },
    {
      what: "a vector that is too long",
      of: "doubles",
      bytes: setUint32((m) => m.fields, 1 << 20),
    },
    {
      what: "a vector of more bytes than 32 bits count",
      of: "doubles",
      bytes: setUint32((m) => m.fields, 0xffffffff),
    },
    {
      what: "a string that is too long",
      of: "doubles",
      bytes: setUint32((m) => m.firstName, 1 << 20),
    },
  ],
  "flatbuffer-alignment": [
    { what: "a root between words", of: "doubles", bytes: add((m) => m.rootAt, 2) },
    {
      what: "a vtable at an odd offset",
      of: "doubles",
      bytes: add((m) => m.root, 1),
    },
    {
      what: "a field between words",
      of: "doubles",
      bytes: (bytes) => {
        const m = new FirstMessage(bytes);
        const at = m.entryAt(m.root, 3);
        // Eight bytes within the table, and not at a multiple of 8.
        m.view.setUint16(at, 4 + ((m.root + 4) % 8 === 0 ? 4 : 0), true);
        return undefined;
      },
    },
    {
      what: "a vector between words",
      of: "doubles",
      bytes: add((m) => m.fieldAt(m.header, 1), 2),
    },
  ],
  "flatbuffer-sharing": [
    {
      what: "one field, 500 times",
      of: "doubles",
      spec: (spec) => {
        schemaOf(spec).fields = new Array(500).fill(field("x", TYPES.float64));
      },
    },
    {
      what: "fields that are each other's children, 2 to the power of 40 in all",
      of: "doubles",
      spec: (spec) => {
        let below = field("x", TYPES.float64);
        for (let i = 0; i < 40; i++) below = field("s", TYPES.struct, { children: [below, below] });
        schemaOf(spec).fields = [below];
      },
    },
    {
      what: "a long name, 50 times",
      of: "doubles",
      spec: (spec) => {
        const name = "long".repeat(2000);
        schemaOf(spec).fields = Array.from({ length: 50 }, () => field(name, TYPES.float64));
      },
    },
  ],
  "flatbuffer-text": [
    {
      what: "a name that is not UTF-8",
      of: "doubles",
      bytes: (bytes) => {
        const m = new FirstMessage(bytes);
        m.view.setUint8(m.firstName + 4, 0xff);
        return undefined;
      },
    },
    {
      what: "a name without its zero",
      of: "doubles",
      bytes: (bytes) => {
        const m = new FirstMessage(bytes);
        m.view.setUint8(m.firstName + 5, 0x41);
        return undefined;
      },
    },
    {
      what: "a long name that is not UTF-8",
      of: "doubles",
      spec: (spec) => {
        firstField(spec).name = "name".repeat(20);
      },
      bytes: (bytes) => {
        const m = new FirstMessage(bytes);
        m.view.setUint8(m.firstName + 44, 0xc3);
        return undefined;
      },
    },
  ],
  "flatbuffer-required": [
    {
      what: "a message without a header",
      of: "doubles",
      spec: ({ messages }) => Object.assign(messages[1] ?? {}, { header: undefined }),
    },
    {
      what: "a schema without fields",
      of: "doubles",
      spec: (spec) => {
        schemaOf(spec).fields = undefined;
      },
    },
    ofType("a field without a type", { ...TYPES.float64, absent: true }),
    {
      what: "a batch without nodes",
      of: "doubles",
      spec: (spec) => {
        lastBatch(spec).nodes = undefined;
      },
    },
    {
      what: "a batch without buffers",
      of: "doubles",
      spec: (spec) => {
        lastBatch(spec).buffers = undefined;
      },
    },
    {
      what: "a dictionary without values",
      of: "dictionary",
      spec: ({ messages }) => Object.assign(messages[1]?.header ?? {}, { data: undefined }),
    },
  ],
  "safe-integer": [
    {
      what: "2 to the power of 60 rows",
      of: "doubles",
      spec: (spec) => {
        lastBatch(spec).length = big;
      },
    },
    {
      what: "-1 rows",
      of: "doubles",
      spec: (spec) => {
        lastBatch(spec).length = -1;
      },
    },
    ...(["length", "nullCount"] as const).map((name) => ({
      what: `a node of a large ${name}`,
      of: "doubles" as const,
      spec: (spec: StreamSpec) => Object.assign(lastBatch(spec).nodes?.[0] ?? {}, { [name]: big }),
    })),
    ...(["offset", "length"] as const).map((name) => ({
      what: `a buffer of a negative ${name}`,
      of: "doubles" as const,
      spec: (spec: StreamSpec) => Object.assign(lastBatch(spec).buffers?.[1] ?? {}, { [name]: -8 }),
    })),
    {
      what: "a body of a large length",
      of: "doubles",
      spec: ({ messages }) => Object.assign(messages[1] ?? {}, { bodyLength: big }),
    },
    {
      what: "a negative dictionary id",
      of: "dictionary",
      spec: ({ messages }) => Object.assign(messages[1]?.header ?? {}, { id: -1 }),
    },
  ],
  endianness: [1, 7].map((endianness) => ({
    what: endianness === 1 ? "a big-endian schema" : "an endianness that there is not",
    of: "doubles" as const,
    spec: (spec: StreamSpec) => Object.assign(schemaOf(spec), { endianness }),
    code: "IPC_UNSUPPORTED" as const,
  })),
  "type-known": [
    ...Object.entries({ RunEndEncoded: 22, ListView: 25, LargeListView: 26 }).map(([name, kind]) =>
      ofType(`the type ${name}`, { kind, slots: [] }, { code: "IPC_UNSUPPORTED" }),
    ),
    ofType(
      "a decimal of 32 bits",
      { kind: 7, slots: [{ i32: 5 }, { i32: 2 }, { i32: 32 }] },
      { code: "IPC_UNSUPPORTED" },
    ),
    ofType("no type", { kind: 0, slots: [] }),
    ofType("a type that there is not", { kind: 99, slots: [] }),
  ],
  "type-parameters": [
    ofType("an integer of 24 bits", { kind: 2, slots: [{ i32: 24 }, { i8: 1 }] }),
    ofType("an integer of 0 bits", { kind: 2, slots: [{ i32: 0 }, { i8: 1 }] }),
    ofType("a float of unknown precision", { kind: 3, slots: [{ i16: 3 }] }),
    ofType("a decimal of 96 bits", { kind: 7, slots: [{ i32: 5 }, { i32: 2 }, { i32: 96 }] }),
    ofType("a decimal of 0 digits", { kind: 7, slots: [{ i32: 0 }, { i32: 2 }, { i32: 128 }] }),
    ofType("a decimal of 39 digits", { kind: 7, slots: [{ i32: 39 }, { i32: 2 }, { i32: 128 }] }),
    ofType("a decimal of scale 200", { kind: 7, slots: [{ i32: 5 }, { i32: 200 }, { i32: 128 }] }),
    ofType("a date of an unknown unit", { kind: 8, slots: [{ i16: 2 }] }),
    ofType("a time in nanoseconds of 32 bits", { kind: 9, slots: [{ i16: 3 }, { i32: 32 }] }),
    ofType("a time in seconds of 64 bits", { kind: 9, slots: [{ i16: 0 }, { i32: 64 }] }),
    ofType("a timestamp of an unknown unit", { kind: 10, slots: [{ i16: 4 }] }),
    ofType("an interval of an unknown unit", { kind: 11, slots: [{ i16: 3 }] }),
    ofType("a duration of an unknown unit", { kind: 18, slots: [{ i16: -1 }] }),
    ofType("binary of -1 bytes", { kind: 15, slots: [{ i32: -1 }] }),
    {
      what: "lists of -1 items",
      of: "fixedList",
      spec: (spec) => {
        firstField(spec).type = { kind: 16, slots: [{ i32: -1 }] };
      },
    },
    {
      what: "a union of an unknown mode",
      of: "sparseUnion",
      spec: (spec) => {
        firstField(spec).type = { kind: 14, slots: [{ i16: 2 }, { i32s: [5, 9] }] };
      },
    },
    {
      what: "a dictionary of an unknown kind",
      of: "dictionary",
      spec: (spec) => {
        firstField(spec).dictionary = { id: 0, index: TYPES.int8, kind: 1 };
      },
    },
  ],
  "field-name": [
    {
      what: "two columns of one name",
      of: "doubles",
      spec: (spec) => {
        firstField(spec).name = "y";
      },
      code: "IPC_UNSUPPORTED",
    },
    {
      what: "one name twice among many",
      of: "doubles",
      spec: (spec) => {
        const names = ["c", ..."abcdefghijk"];
        schemaOf(spec).fields = names.map((name) => field(name, TYPES.float64));
      },
      code: "IPC_UNSUPPORTED",
    },
    {
      what: "two children of one name",
      of: "struct",
      spec: (spec) => {
        const names = ["a", "a"];
        firstField(spec).children = names.map((name) => field(name, TYPES.int32));
      },
      code: "IPC_UNSUPPORTED",
      column: "s",
    },
    {
      what: "a column that would be the prototype of its row",
      of: "doubles",
      spec: (spec) => {
        firstField(spec).name = "__proto__";
      },
      code: "IPC_UNSUPPORTED",
    },
    {
      what: "a child that would be the prototype of its struct",
      of: "struct",
      spec: (spec) => {
        firstField(spec).children = [field("__proto__", TYPES.int32)];
      },
      code: "IPC_UNSUPPORTED",
      column: "s",
    },
  ],
  "child-count": [
    ...(["list", "largeList", "fixedList", "map"] as const).flatMap((of) =>
      [0, 2].map((count) => ({
        what: `${of} with ${count} children`,
        of,
        spec: (spec: StreamSpec) => {
          firstField(spec).children = Array.from({ length: count }, () => field("c", TYPES.int32));
        },
      })),
    ),
    {
      what: "a number with a child",
      of: "doubles",
      spec: (spec) => {
        firstField(spec).children = [field("c", TYPES.int32)];
      },
      column: "x",
    },
    {
      what: "a map of integers",
      of: "map",
      spec: (spec) => {
        firstField(spec).children = [field("entries", TYPES.int32)];
      },
    },
    {
      what: "a map without values",
      of: "map",
      spec: (spec) => {
        const children = [field("key", TYPES.int32)];
        firstField(spec).children = [field("entries", TYPES.struct, { children })];
      },
    },
  ],
  "union-type-ids": (
    [
      ["too few ids", [5]],
      ["too many ids", [5, 9, 11]],
      ["one id twice", [5, 5]],
      ["a negative id", [5, -1]],
      ["an id beyond 127", [5, 128]],
    ] as const
  ).map(([what, ids]) => ({
    what,
    of: "denseUnion" as const,
    spec: (spec: StreamSpec) => {
      firstField(spec).type = { kind: 14, slots: [{ i16: 1 }, { i32s: ids }] };
    },
    column: "u",
  })),
  "dictionary-index-type": [
    {
      what: "indices of no type",
      of: "dictionary",
      spec: (spec) => {
        firstField(spec).dictionary = { id: 0 };
      },
      code: "IPC_UNSUPPORTED",
      column: "d",
    },
    {
      what: "indices of 64 bits, which apache-arrow does not read",
      of: "dictionary",
      spec: (spec) => {
        firstField(spec).dictionary = { id: 0, index: TYPES.int64 };
      },
      code: "IPC_UNSUPPORTED",
      column: "d",
    },
  ],
  "dictionary-reuse": [
    {
      what: "one id for text and for numbers",
      of: "dictionary",
      spec: (spec) => {
        const dictionary = { id: 0, index: TYPES.int8 };
        schemaOf(spec).fields?.push(field("e", TYPES.int32, { dictionary }));
      },
    },
  ],
  "secret-column": [
    {
      what: "a tag",
      of: "doubles",
      spec: (spec) => {
        firstField(spec).metadata = [["ARROW:extension:name", SECRET_HANDLE_EXTENSION]];
      },
      code: "IPC_SECRET_LEAK",
      column: "x",
    },
  ],
} as const satisfies Record<string, readonly Broken[]>;
