import { add, big, firstField, ofType, schemaOf, setUint16, setUint32 } from "./break-metadata.ts";
import type { Broken } from "./broken-streams.ts";
import { FirstMessage } from "./flatbuffer-positions.ts";
import { field, type StreamSpec, TYPES } from "./stream-spec.ts";
import { lastBatch } from "./valid-streams.ts";

/** Rules of flatbuffers. */
export const BROKEN_FLATBUFFERS = {
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
} as const satisfies Record<string, readonly Broken[]>;
