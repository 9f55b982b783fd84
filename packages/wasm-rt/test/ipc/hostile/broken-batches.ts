import type { Broken } from "./broken-streams.ts";
import { type BatchSpec, field, type StreamSpec, TYPES } from "./stream-spec.ts";
import { lastBatch } from "./valid-streams.ts";

const inBatch =
  (change: (batch: BatchSpec) => void) =>
  (spec: StreamSpec): void =>
    change(lastBatch(spec));

const set = <K extends "nodes" | "buffers">(
  list: K,
  index: number,
  values: Partial<NonNullable<BatchSpec[K]>[number]>,
) => inBatch((batch) => void Object.assign(batch[list]?.[index] ?? {}, values));

/** Rules of the nodes and buffers of a batch. */
export const BROKEN_BATCHES = {
  compression: [0, 1, 9].map((codec) => ({
    what: `codec ${codec}`,
    of: "doubles" as const,
    spec: inBatch((batch) => {
      batch.compression = { codec };
    }),
    code: "IPC_UNSUPPORTED" as const,
  })),
  "node-count": [
    {
      what: "a node too few",
      of: "doubles",
      spec: inBatch((batch) => batch.nodes?.pop()),
    },
    {
      what: "a node too many",
      of: "doubles",
      spec: inBatch((batch) => batch.nodes?.push({ length: 2, nullCount: 0 })),
    },
  ],
  "buffer-count": [
    {
      what: "a buffer too few",
      of: "doubles",
      spec: inBatch((b) => b.buffers?.pop()),
      column: "y",
    },
    {
      what: "a buffer too many",
      of: "doubles",
      spec: inBatch((batch) => batch.buffers?.push({ offset: 0, length: 0 })),
    },
    {
      what: "fewer data buffers than a view column counts",
      of: "views",
      spec: inBatch((batch) => {
        batch.variadicCounts = [2];
      }),
    },
    {
      what: "more data buffers than a view column counts",
      of: "binaryViews",
      spec: inBatch((batch) => batch.buffers?.push({ offset: 0, length: 0 })),
    },
  ],
  "variadic-count": [
    {
      what: "no counts of data buffers",
      of: "views",
      spec: inBatch((batch) => {
        delete batch.variadicCounts;
      }),
      column: "v",
    },
    {
      what: "a count too many",
      of: "views",
      spec: inBatch((batch) => batch.variadicCounts?.push(0)),
    },
  ],
  "buffer-bounds": [
    { what: "a buffer behind the body", of: "doubles", spec: set("buffers", 3, { offset: 80 }) },
    { what: "a buffer that is too long", of: "doubles", spec: set("buffers", 3, { length: 800 }) },
    {
      what: "an empty buffer behind the body",
      of: "doubles",
      spec: set("buffers", 2, { offset: 4096 }),
      column: "y",
    },
  ],
  "buffer-alignment": [
    {
      what: "a buffer that starts between words",
      of: "doubles",
      spec: set("buffers", 3, { offset: 25, length: 8 }),
      column: "y",
    },
  ],
  "buffer-order": [
    {
      what: "two columns in one buffer",
      of: "doubles",
      spec: set("buffers", 3, { offset: 8 }),
      column: "y",
    },
    {
      what: "a buffer that overlaps the one before it",
      of: "doubles",
      spec: set("buffers", 3, { offset: 16 }),
    },
  ],
  "buffer-length": [
    { what: "values for one row of two", of: "doubles", spec: set("buffers", 1, { length: 8 }) },
    { what: "half a value too many", of: "list", spec: set("buffers", 1, { length: 15 }) },
    { what: "no bitmap for nulls", of: "doubles", spec: set("buffers", 0, { length: 0 }) },
    {
      what: "offsets for two values of three",
      of: "text",
      spec: set("buffers", 1, { length: 12 }),
    },
    { what: "views for two rows of three", of: "views", spec: set("buffers", 1, { length: 32 }) },
    { what: "type ids for no row", of: "sparseUnion", spec: set("buffers", 0, { length: 0 }) },
    { what: "offsets for two rows", of: "denseUnion", spec: set("buffers", 1, { length: 8 }) },
    { what: "indices for two rows", of: "dictionary", spec: set("buffers", 1, { length: 2 }) },
    {
      what: "10 to the power of 12 values in 16 bytes",
      of: "doubles",
      spec: set("nodes", 1, { length: 10 ** 12 }),
    },
  ],
  "null-count": [
    { what: "more nulls than values", of: "doubles", spec: set("nodes", 0, { nullCount: 3 }) },
    {
      what: "fewer nulls than values, of the type Null",
      of: "nulls",
      spec: set("nodes", 0, { nullCount: 3 }),
    },
    { what: "nulls of a union", of: "denseUnion", spec: set("nodes", 0, { nullCount: 1 }) },
  ],
  "validity-count": [
    {
      what: "a null too many",
      of: "doubles",
      spec: set("nodes", 0, { nullCount: 2 }),
      column: "x",
    },
    {
      what: "a bitmap with a null, and no nulls",
      of: "doubles",
      spec: set("nodes", 0, { nullCount: 0 }),
    },
  ],
  "non-nullable": [
    {
      what: "a null of a column",
      of: "doubles",
      spec: ({ messages }) => {
        const schema = messages[0]?.header;
        if (schema?.is === "schema") Object.assign(schema.fields?.[0] ?? {}, { nullable: false });
      },
      column: "x",
    },
    {
      what: "a null of a struct's child where the struct is not null",
      of: "struct",
      spec: ({ messages }) => {
        // The struct's bitmap is the first byte of the body.
        messages[1]?.body.set([0b10]);
      },
      column: "s.a",
    },
    {
      what: "a null of a list's items",
      of: "map",
      spec: ({ messages }) => {
        const schema = messages[0]?.header;
        const entries = schema?.is === "schema" ? schema.fields?.[0]?.children?.[0] : undefined;
        Object.assign(entries?.children?.[1] ?? {}, { nullable: false });
      },
      column: "m.entries.value",
    },
    {
      what: "a null key of a map",
      of: "map",
      spec: (spec) => {
        // The bitmap of the values comes before the keys instead.
        const batch = lastBatch(spec);
        const { buffers = [] } = batch;
        batch.nodes?.splice(2, 2, { length: 2, nullCount: 1 }, { length: 2, nullCount: 0 });
        const [key, validity, value] = buffers.splice(4, 3);
        if (key === undefined || validity === undefined || value === undefined) return;
        buffers.splice(3, 1, validity, value, { offset: 0, length: 0 }, { ...value, offset: 32 });
        const message = spec.messages.at(-1);
        if (message) message.body = Uint8Array.of(...message.body, ...new Uint8Array(8));
      },
      column: "m.entries.key",
    },
    {
      what: "a null in a dictionary",
      of: "dictionary",
      spec: (spec) => {
        const [schema, dictionary, one] = spec.messages;
        if (schema?.header?.is !== "schema" || dictionary?.header?.is !== "dictionary") return;
        Object.assign(schema.header.fields?.[0] ?? {}, { nullable: false });
        // The batch has no nulls of its own then; the first value of the dictionary is one.
        Object.assign(lastBatch(spec).nodes?.[0] ?? {}, { nullCount: 0 });
        Object.assign(lastBatch(spec).buffers?.[0] ?? {}, { length: 0 });
        one?.body.set([1, 1, 1], 8);
        const [validity, offsets, values] = dictionary.header.data?.buffers ?? [];
        Object.assign(dictionary.header.data?.nodes?.[0] ?? {}, { nullCount: 1 });
        Object.assign(validity ?? {}, { offset: 0, length: 1 });
        Object.assign(offsets ?? {}, { offset: 8 });
        Object.assign(values ?? {}, { offset: 24 });
        dictionary.body = Uint8Array.of(0b10, 0, 0, 0, 0, 0, 0, 0, ...dictionary.body);
      },
      column: "d",
    },
  ],
  "column-length": [
    {
      what: "a batch of three rows with columns of two",
      of: "doubles",
      spec: inBatch((batch) => {
        batch.length = 3;
      }),
    },
    {
      what: "a batch of no rows with columns of two",
      of: "doubles",
      spec: inBatch((batch) => {
        batch.length = 0;
      }),
    },
    {
      what: "a dictionary of two values that says it has three",
      of: "dictionary",
      spec: ({ messages }) => {
        const header = messages[1]?.header;
        if (header?.is === "dictionary") Object.assign(header.data ?? {}, { length: 3 });
      },
    },
  ],
  "dictionary-known": [
    {
      what: "a dictionary that the schema does not name",
      of: "dictionary",
      spec: ({ messages }) => Object.assign(messages[1]?.header ?? {}, { id: 7 }),
    },
  ],
  "dictionary-present": [
    {
      what: "no dictionary",
      of: "dictionary",
      spec: ({ messages }) => messages.splice(1, 1),
      column: "d",
    },
    {
      what: "a dictionary behind the batch",
      of: "dictionary",
      spec: ({ messages }) => messages.push(...messages.splice(1, 1)),
    },
    {
      what: "a dictionary whose values use one that comes later",
      of: "dictionary",
      spec: ({ messages }) => {
        const schema = messages[0]?.header;
        if (schema?.is !== "schema") return;
        const inner = field("inner", TYPES.utf8, { dictionary: { id: 1, index: TYPES.int8 } });
        schema.fields = [
          field("outer", TYPES.struct, {
            children: [inner],
            dictionary: { id: 0, index: TYPES.int8 },
          }),
        ];
        const header = messages[1]?.header;
        if (header?.is !== "dictionary" || header.data === undefined) return;
        header.data.nodes = [
          { length: 2, nullCount: 0 },
          { length: 2, nullCount: 0 },
        ];
        header.data.buffers = [
          { offset: 0, length: 0 },
          { offset: 0, length: 0 },
          { offset: 0, length: 2 },
        ];
      },
      column: "outer.inner",
    },
  ],
  "dictionary-delta": [
    {
      what: "a delta of nothing",
      of: "dictionary",
      spec: ({ messages }) => Object.assign(messages[1]?.header ?? {}, { isDelta: true }),
    },
  ],
} as const satisfies Record<string, readonly Broken[]>;
