import { SECRET_HANDLE_EXTENSION } from "../../../src/index.ts";
import { firstField, ofType, schemaOf } from "./break-metadata.ts";
import type { Broken } from "./broken-streams.ts";
import { field, type StreamSpec, TYPES } from "./stream-spec.ts";

/** Rules of schemas. */
export const BROKEN_SCHEMAS = {
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
