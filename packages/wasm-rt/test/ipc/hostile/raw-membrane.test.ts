import { describe, expect, it } from "vitest";
import { decodeBatches, SECRET_HANDLE_EXTENSION } from "../../../src/index.ts";
import {
  batch,
  END,
  type FieldSpec,
  field,
  NONE,
  type StreamSpec,
  stream,
  TYPES,
  withDictionary,
} from "./stream-spec.ts";
import { writeStream } from "./write-stream.ts";

// What only bytes can do, and no schema of apache-arrow: the tag is where its reader does not look.

const KEY = "ARROW:extension:name";
const TAG: [string, string] = [KEY, SECRET_HANDLE_EXTENSION];

function leaks(spec: StreamSpec, column: string): void {
  expect(() => decodeBatches(new Uint8Array(writeStream(spec)))).toThrow(
    expect.objectContaining({ code: "IPC_SECRET_LEAK", rule: "secret-column", column }),
  );
}

const doubles = () => batch(1, [[1, 0]], [NONE, Float64Array.of(1)]);
const schemaOnly = (fields: FieldSpec[]): StreamSpec => ({
  messages: [{ header: { is: "schema", fields }, body: NONE }],
  end: END,
});

describe("the membrane on bytes", () => {
  it.each([
    ["before a harmless one", [TAG, [KEY, "arrow.uuid"]]],
    ["behind a harmless one", [[KEY, "arrow.uuid"], TAG]],
    ["among others", [["unit", "km"], TAG, ["source", "test"]]],
  ] as [string, [string, string][]][])("sees a tag %s", (_, metadata) => {
    leaks(stream([field("x", TYPES.float64, { metadata })], doubles()), "x");
  });

  it("sees the second field of a known dictionary, and what is below it", () => {
    const dictionary = { id: 0, index: TYPES.int8 };
    const values = (metadata: [string, string][]) => [field("a", TYPES.int32, { metadata })];
    const open = field("d", TYPES.struct, { dictionary, children: values([]) });
    const hidden = field("e", TYPES.struct, { dictionary, children: values([TAG]) });
    leaks(schemaOnly([open, hidden]), "e.a");
    const tagged = field("e", TYPES.struct, { dictionary, children: values([]), metadata: [TAG] });
    leaks(schemaOnly([open, tagged]), "e");
  });

  it("sees a tag in the values of a dictionary", () => {
    const inner = [field("a", TYPES.int32, { metadata: [TAG] })];
    const fields = [
      field("d", TYPES.struct, { dictionary: { id: 0, index: TYPES.int8 }, children: inner }),
    ];
    const values = batch(
      1,
      [
        [1, 0],
        [1, 0],
      ],
      [NONE, NONE, Int32Array.of(1)],
    );
    leaks(withDictionary(fields, values, batch(1, [[1, 0]], [NONE, Int8Array.of(0)])), "d.a");
  });

  const CHILDREN = {
    list: TYPES.list,
    largeList: TYPES.largeList,
    fixedList: TYPES.fixedList,
    struct: TYPES.struct,
    map: TYPES.map,
    runEndEncoded: TYPES.runEndEncoded,
    // Types that have no children, and are refused for having one: not before it was looked at.
    int32: TYPES.int32,
    utf8: TYPES.utf8,
  };
  for (const [name, type] of Object.entries(CHILDREN)) {
    it(`sees the child of a ${name}`, () => {
      const secret = field("token", TYPES.utf8, { metadata: [TAG] });
      leaks(schemaOnly([field("p", type, { children: [secret] })]), "p.token");
    });
  }

  it("sees a stream without a batch", () => {
    leaks(schemaOnly([field("x", TYPES.float64, { metadata: [TAG] })]), "x");
  });

  it("sees a later schema", () => {
    const spec = stream([field("x", TYPES.float64)], doubles());
    const fields = [field("x", TYPES.float64, { metadata: [TAG] })];
    spec.messages.push({ header: { is: "schema", fields }, body: NONE });
    leaks(spec, "x");
  });

  it("sees 40 levels down", () => {
    let below = field("x", TYPES.float64, { metadata: [TAG] });
    for (let i = 0; i < 40; i++) below = field("s", TYPES.struct, { children: [below] });
    leaks(schemaOnly([below]), `${"s.".repeat(40)}x`);
  });

  it("lets pass what only resembles the tag", () => {
    const metadata: [string, string][] = [
      [KEY, `${SECRET_HANDLE_EXTENSION}s`],
      [KEY.toLowerCase(), SECRET_HANDLE_EXTENSION],
      [SECRET_HANDLE_EXTENSION, KEY],
    ];
    const spec = stream([field("x", TYPES.float64, { metadata })], doubles());
    expect(decodeBatches(new Uint8Array(writeStream(spec)))).toHaveLength(1);
  });
});
