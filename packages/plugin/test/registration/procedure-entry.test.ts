import { describe, expect, test } from "vitest";
import { QName } from "../../src/index.ts";
import { refusal } from "../refusal.ts";
import { entryOf, registrationOf } from "./registration-of.ts";

const UTF8 = { kind: "primitive", arrow: "utf8" };
const VECTOR = { kind: "vector", len: 3, element: "float32" };
const VARIADIC = { kind: "variadic", inner: UTF8 };
const ENTRY = { kind: "procedure", qname: "ai.example.geo.near", args: [UTF8], yields: [VECTOR] };

function refused(fields: object): string {
  return refusal("REGISTRATION_INVALID", () => registrationOf([{ ...ENTRY, ...fields }]));
}

describe("parseRegistration of a procedure", () => {
  test("gives the entry with everything that it says, as its signature", () => {
    const args = [VECTOR, UTF8, VARIADIC];
    const yields = [{ kind: "cypher_value" }, VECTOR, { kind: "primitive", arrow: "date64" }];
    expect(registrationOf([{ ...ENTRY, args, yields, mode: "write" }])).toStrictEqual({
      entries: [
        {
          kind: "procedure",
          qname: QName.parse("ai.example.geo.near"),
          signature: { args, yields, mode: "write" },
        },
      ],
    });
  });

  test("takes it for one that reads unless told otherwise", () => {
    expect(entryOf(ENTRY)?.signature).toStrictEqual({
      args: [UTF8],
      yields: [VECTOR],
      mode: "read",
    });
  });

  test.each(["read", "write", "schema", "dbms"])("takes the mode %s", (mode) => {
    expect(entryOf({ ...ENTRY, mode })).toMatchObject({ signature: { mode } });
  });

  test("takes one of no arguments that yields nothing", () => {
    const signature = { args: [], yields: [] };
    expect(entryOf({ ...ENTRY, ...signature })).toMatchObject({ signature });
  });

  test("takes one of variadic arguments alone", () => {
    expect(entryOf({ ...ENTRY, args: [VARIADIC] })?.signature.args).toEqual([VARIADIC]);
  });
});

describe("parseRegistration of a procedure that is wrong", () => {
  test.each(["", "Read", "READ", "delete", null, 1, ["read"]])("refuses the mode %j", (mode) => {
    const message = refused({ mode });
    expect(message).toContain(" is not valid: entries[0].mode: ");
    expect(message).toContain('"read"|"write"|"schema"|"dbms"');
  });

  test.each<[string, string, object]>([
    ["no arguments", "args", { args: undefined }],
    ["null for arguments", "args", { args: null }],
    ["one type for arguments", "args", { args: UTF8 }],
    ["an argument of an unknown type", "args[1].kind", { args: [UTF8, { kind: "list" }] }],
    ["a variadic argument that is not the last", "args[0]", { args: [VARIADIC, UTF8] }],
    ["no yields", "yields", { yields: undefined }],
    ["null for yields", "yields", { yields: null }],
    ["one type for yields", "yields", { yields: VECTOR }],
    ["a yield of an unknown type", "yields[1].kind", { yields: [UTF8, { kind: "list" }] }],
    ["a variadic yield", "yields[0].kind", { yields: [VARIADIC] }],
    ["a variadic yield at the end", "yields[1].kind", { yields: [UTF8, VARIADIC] }],
    ["a malformed qname", "qname", { qname: "near" }],
  ])("refuses %s, naming it by its path", (_, path, fields) => {
    expect(refused(fields)).toContain(`: entries[0].${path}: `);
  });

  test.each<[string, object]>([
    ["entries[0]", { colour: 1 }],
    ["entries[0].args[0]", { args: [{ ...UTF8, colour: 1 }] }],
    ["entries[0].args[0].inner", { args: [{ ...VARIADIC, inner: { ...UTF8, colour: 1 } }] }],
    ["entries[0].yields[1]", { yields: [UTF8, { ...VECTOR, colour: 1 }] }],
  ])("refuses an unknown field in %s, naming it by its path", (path, fields) => {
    expect(refused(fields)).toContain(`: ${path}: Unrecognized key: "colour"`);
  });

  test.each(["signature", "state", "returns", "volatility", "null_handling"])(
    "refuses the field %s, which other kinds have",
    (field) => {
      expect(refused({ [field]: UTF8 })).toContain(`entries[0]: Unrecognized key: "${field}"`);
    },
  );
});
