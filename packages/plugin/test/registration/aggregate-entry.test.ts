import { describe, expect, test } from "vitest";
import { parseRegistration, QName } from "../../src/index.ts";
import { refusal } from "../refusal.ts";
import { entryOf, registrationOf } from "./registration-of.ts";

const FLOAT64 = { kind: "primitive", arrow: "float64" };
const BINARY = { kind: "primitive", arrow: "binary" };
const VARIADIC = { kind: "variadic", inner: FLOAT64 };
const SIGNATURE = { args: [FLOAT64], returns: FLOAT64 };
const ENTRY = {
  kind: "aggregate",
  qname: "ai.example.geo.centre",
  signature: SIGNATURE,
  state: BINARY,
};

function refused(fields: object): string {
  return refusal("REGISTRATION_INVALID", () => registrationOf([{ ...ENTRY, ...fields }]));
}

describe("parseRegistration of an aggregate", () => {
  test("gives the entry with everything that it says, its state in its signature", () => {
    const args = [{ kind: "vector", len: 2, element: "float32" }, VARIADIC];
    const returns = { kind: "cypher_value" };
    const signature = { args, returns, volatility: "stable", null_handling: "user_handled" };
    const state = { kind: "primitive", arrow: "largebinary" };
    expect(registrationOf([{ ...ENTRY, signature, state }])).toStrictEqual({
      entries: [
        {
          kind: "aggregate",
          qname: QName.parse("ai.example.geo.centre"),
          signature: { args, returns, volatility: "stable", nullHandling: "user_handled", state },
        },
      ],
    });
  });

  test("takes it for immutable and null-propagating unless told otherwise", () => {
    expect(entryOf(ENTRY)?.signature).toStrictEqual({
      ...SIGNATURE,
      volatility: "immutable",
      nullHandling: "propagate",
      state: BINARY,
    });
  });

  test("takes one of no arguments, or of variadic ones alone", () => {
    for (const args of [[], [VARIADIC]]) {
      const signature = { ...SIGNATURE, args };
      expect(entryOf({ ...ENTRY, signature })?.signature.args).toEqual(args);
    }
  });

  test.each([
    "int32",
    "int64",
    "float32",
    "float64",
    "boolean",
    "utf8",
    "binary",
    "largebinary",
    "date64",
    "timestamp_ms",
  ])("takes a state of the primitive type %s", (arrow) => {
    const state = { kind: "primitive", arrow };
    expect(entryOf({ ...ENTRY, state })).toMatchObject({ signature: { state } });
  });
});

describe("parseRegistration of an aggregate that is wrong", () => {
  test.each<[string, string, unknown]>([
    ["no state", "state", undefined],
    ["a null state", "state", null],
    ["a state by its name alone", "state", "binary"],
    ["an opaque state", "state.kind", { kind: "cypher_value" }],
    ["a state that is a vector", "state.kind", { kind: "vector", len: 1, element: "int32" }],
    ["a variadic state", "state.kind", { kind: "variadic", inner: BINARY }],
    ["a state of no primitive type", "state.arrow", { kind: "primitive" }],
    ["a state of an unknown type", "state.arrow", { kind: "primitive", arrow: "int8" }],
    ["a list of states", "state", [BINARY]],
  ])("refuses %s, naming it by its path", (_, path, state) => {
    expect(refused({ state })).toContain(` is not valid: entries[0].${path}: `);
  });

  test("refuses a state inside the signature, where it is not looked for", () => {
    const message = refused({ signature: { ...SIGNATURE, state: BINARY }, state: undefined });
    expect(message).toContain('entries[0].signature: Unrecognized key: "state"');
    expect(message).toContain("entries[0].state: ");
  });

  test.each<[string, string, object]>([
    ["no signature", "signature", { signature: undefined }],
    ["no result", "signature.returns", { signature: { args: [] } }],
    ["a variadic result", "signature.returns", { signature: { args: [], returns: VARIADIC } }],
    [
      "a variadic argument that is not the last",
      "signature.args[0]",
      { signature: { ...SIGNATURE, args: [VARIADIC, FLOAT64] } },
    ],
    [
      "an unknown volatility",
      "signature.volatility",
      { signature: { ...SIGNATURE, volatility: 1 } },
    ],
    ["a malformed qname", "qname", { qname: "centre" }],
  ])("refuses %s, naming it by its path", (_, path, fields) => {
    expect(refused(fields)).toContain(`: entries[0].${path}`);
  });

  test.each<[string, object]>([
    ["entries[0]", { colour: 1 }],
    ["entries[0].signature", { signature: { ...SIGNATURE, colour: 1 } }],
    ["entries[0].state", { state: { ...BINARY, colour: 1 } }],
  ])("refuses an unknown field in %s, naming it by its path", (path, fields) => {
    expect(refused(fields)).toContain(`: ${path}: Unrecognized key: "colour"`);
  });

  test.each(["args", "yields", "mode"])("refuses the field %s of a procedure", (field) => {
    expect(refused({ [field]: [] })).toContain(`entries[0]: Unrecognized key: "${field}"`);
  });

  test("refuses __proto__ beside the state and inside it", () => {
    const json = JSON.stringify({ entries: [ENTRY] });
    const state = JSON.stringify(BINARY);
    const hostile = json.replace(state, `{"__proto__":{},${state.slice(1)},"__proto__":{}`);
    const message = refusal("REGISTRATION_INVALID", () => parseRegistration(hostile));
    expect(message.match(/"__proto__"/g)).toHaveLength(2);
  });
});
