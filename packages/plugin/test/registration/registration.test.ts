import { describe, expect, test } from "vitest";
import { parseRegistration, QName, type Registration } from "../../src/index.ts";
import { refusal as refusalOf } from "../refusal.ts";
import { thrownBy } from "../thrown-by.ts";
import { registrationOf } from "./registration-of.ts";

const FLOAT64 = { kind: "primitive", arrow: "float64" };
const VARIADIC = { kind: "variadic", inner: FLOAT64 };
const SIGNATURE = { args: [FLOAT64], returns: FLOAT64 };
const ENTRY = { kind: "scalar", qname: "ai.example.geo.f", signature: SIGNATURE };

/** Parses one entry that is valid but for `fields` of its signature. */
function withSignature(fields: object): Registration {
  return registrationOf([{ ...ENTRY, signature: { ...SIGNATURE, ...fields } }]);
}

/** The message with which a registration is refused. */
function refusal(run: () => unknown): string {
  return refusalOf("REGISTRATION_INVALID", run);
}

describe("parseRegistration", () => {
  test("gives a scalar entry with everything that it says", () => {
    const args = [
      { kind: "primitive", arrow: "utf8" },
      { kind: "cypher_value" },
      { kind: "vector", len: 3, element: "float32" },
      { kind: "variadic", inner: { kind: "vector", len: 2, element: "int32" } },
    ];
    const returns = { kind: "vector", len: 4, element: "float64" };
    const signature = { args, returns, volatility: "volatile", null_handling: "user_handled" };
    expect(registrationOf([{ ...ENTRY, signature }])).toStrictEqual({
      entries: [
        {
          kind: "scalar",
          qname: QName.parse("ai.example.geo.f"),
          signature: { args, returns, volatility: "volatile", nullHandling: "user_handled" },
        },
      ],
    });
  });

  test("takes a function for immutable and null-propagating unless told otherwise", () => {
    const [entry] = registrationOf([ENTRY]).entries;
    expect(entry?.signature).toStrictEqual({
      ...SIGNATURE,
      volatility: "immutable",
      nullHandling: "propagate",
    });
  });

  test("gives the entries in their order", () => {
    const names = ["ai.example.geo.c", "ai.example.geo.a", "ai.example.geo.b"];
    const { entries } = registrationOf(names.map((qname) => ({ ...ENTRY, qname })));
    expect(entries.map(({ qname }) => qname.toString())).toEqual(names);
    expect(entries[0]?.qname).toBeInstanceOf(QName);
  });

  test("takes a plugin that offers nothing", () => {
    expect(registrationOf([])).toStrictEqual({ entries: [] });
  });

  test("takes a function of no arguments", () => {
    expect(withSignature({ args: [] }).entries[0]?.signature.args).toEqual([]);
  });

  test.each(["immutable", "stable", "volatile"])("takes the volatility %s", (volatility) => {
    expect(withSignature({ volatility }).entries[0]).toMatchObject({ signature: { volatility } });
  });
});

describe("parseRegistration of names", () => {
  test("refuses a malformed qname, showing it", () => {
    const message = refusal(() => registrationOf([ENTRY, { ...ENTRY, qname: "geo.f" }]));
    expect(message).toContain("entries[1].qname: ");
    expect(message).toContain('got "geo.f"');
  });

  test("takes qnames whose namespace is the plugin's id", () => {
    expect(registrationOf([ENTRY], "ai.example.geo").entries).toHaveLength(1);
  });

  test.each(["ai.example", "ai.example.geo.f", "ai.example.geography", "AI.example.geo"])(
    "refuses a qname outside the plugin's id %s, naming both",
    (id) => {
      const message = refusal(() => registrationOf([ENTRY], id));
      expect(message).toContain(`the registration of ${id} `);
      expect(message).toContain(
        `entries[0].qname: expected a name in the namespace ${id}, got ai.example.geo.f`,
      );
    },
  );

  test("refuses two qnames with one export stem, naming both and the stem", () => {
    const message = refusal(() =>
      registrationOf([
        { ...ENTRY, qname: "ai.example.b_c" },
        { ...ENTRY, qname: "ai.example.other" },
        { ...ENTRY, qname: "ai.example_b.c" },
      ]),
    );
    expect(message).toContain("entries[2].qname: ");
    expect(message).toMatch(/ai\.example_b\.c and ai\.example\.b_c .* ai_example_b_c$/);
  });

  test("refuses a qname that is registered twice", () => {
    const message = refusal(() => registrationOf([ENTRY, ENTRY], "ai.example.geo"));
    expect(message).toMatch(/entries\[1\]\.qname: .*ai\.example\.geo\.f/);
  });

  test("takes two qnames that differ in case alone, as their exports do", () => {
    const entries = [ENTRY, { ...ENTRY, qname: "ai.example.geo.F" }];
    expect(registrationOf(entries, "ai.example.geo").entries).toHaveLength(2);
  });
});

describe("parseRegistration of variadic arguments", () => {
  test("takes a variadic argument alone and last", () => {
    expect(withSignature({ args: [VARIADIC] }).entries[0]?.signature.args).toEqual([VARIADIC]);
    const args = [FLOAT64, VARIADIC];
    expect(withSignature({ args }).entries[0]?.signature.args).toEqual(args);
  });

  test("refuses a variadic argument that is not the last, naming it", () => {
    const message = refusal(() => withSignature({ args: [FLOAT64, VARIADIC, FLOAT64] }));
    expect(message).toContain("entries[0].signature.args[1]: only the last argument");
  });

  test("refuses two variadic arguments, naming the first", () => {
    const message = refusal(() => withSignature({ args: [VARIADIC, VARIADIC] }));
    expect(message).toContain("entries[0].signature.args[0]: only the last argument");
    expect(message).not.toContain("args[1]");
  });

  test("refuses a variadic result", () => {
    expect(refusal(() => withSignature({ returns: VARIADIC }))).toContain(
      "entries[0].signature.returns",
    );
  });

  test("refuses a variadic argument inside a variadic argument", () => {
    const args = [{ kind: "variadic", inner: VARIADIC }];
    expect(refusal(() => withSignature({ args }))).toContain("entries[0].signature.args[0].inner");
  });
});

describe("parseRegistration of fields that it does not know", () => {
  test("refuses an unknown field beside the entries, naming it", () => {
    expect(refusal(() => parseRegistration('{"entries":[],"colour":1}'))).toContain('"colour"');
  });

  test.each<[string, object]>([
    ["entries[1]", { ...ENTRY, colour: 1 }],
    ["entries[1].signature", { ...ENTRY, signature: { ...SIGNATURE, colour: 1 } }],
    [
      "entries[1].signature.args[0]",
      { ...ENTRY, signature: { ...SIGNATURE, args: [{ ...FLOAT64, colour: 1 }] } },
    ],
    [
      "entries[1].signature.args[1]",
      { ...ENTRY, signature: { ...SIGNATURE, args: [FLOAT64, { ...VARIADIC, colour: 1 }] } },
    ],
    [
      "entries[1].signature.args[0].inner",
      {
        ...ENTRY,
        signature: { ...SIGNATURE, args: [{ ...VARIADIC, inner: { ...FLOAT64, colour: 1 } }] },
      },
    ],
    [
      "entries[1].signature.args[0]",
      {
        ...ENTRY,
        signature: {
          ...SIGNATURE,
          args: [{ kind: "vector", len: 1, element: "int32", colour: 1 }],
        },
      },
    ],
    [
      "entries[1].signature.returns",
      { ...ENTRY, signature: { ...SIGNATURE, returns: { kind: "cypher_value", colour: 1 } } },
    ],
  ])("refuses an unknown field in %s, naming it by its path", (path, entry) => {
    const first = { ...ENTRY, qname: "ai.example.geo.first" };
    const message = refusal(() => registrationOf([first, entry]));
    expect(message).toContain(`: ${path}: `);
    expect(message).toContain('"colour"');
  });

  test("refuses __proto__ at every level", () => {
    const json = `{"entries":[{"kind":"scalar","qname":"ai.example.geo.f","__proto__":{},
      "signature":{"args":[],"returns":{"kind":"cypher_value","__proto__":{}},"__proto__":{}}}],
      "__proto__":{}}`;
    const message = refusal(() => parseRegistration(json));
    expect(message.match(/"__proto__"/g)).toHaveLength(4);
  });
});

describe("parseRegistration of fields that are wrong", () => {
  test.each<[string, string, object]>([
    ["an unknown kind", "entries[0].kind", { ...ENTRY, kind: "window" }],
    ["no kind", "entries[0].kind", { ...ENTRY, kind: undefined }],
    ["no qname", "entries[0].qname", { ...ENTRY, qname: undefined }],
    ["a qname that is no string", "entries[0].qname", { ...ENTRY, qname: ["ai.example.geo.f"] }],
    ["no signature", "entries[0].signature", { ...ENTRY, signature: undefined }],
    ["no arguments", "entries[0].signature.args", { ...ENTRY, signature: { returns: FLOAT64 } }],
    ["no result", "entries[0].signature.returns", { ...ENTRY, signature: { args: [] } }],
  ])("refuses %s, naming it by its path", (_, path, entry) => {
    expect(refusal(() => registrationOf([entry]))).toContain(`: ${path}: `);
  });

  test.each<[string, string, object]>([
    ["an unknown volatility", "volatility", { volatility: "never" }],
    ["an unknown null handling", "null_handling", { null_handling: "skip" }],
    ["an unknown type", "args[0].kind", { args: [{ kind: "list" }] }],
    ["an unknown primitive", "args[0].arrow", { args: [{ kind: "primitive", arrow: "int8" }] }],
    ["a name of Object's", "returns.arrow", { returns: { kind: "primitive", arrow: "toString" } }],
    ["a vector of no length", "args[0].len", { args: [{ kind: "vector", element: "int32" }] }],
    [
      "a vector of zero elements",
      "args[0].len",
      { args: [{ kind: "vector", len: 0, element: "int32" }] },
    ],
    [
      "a vector of 1.5 elements",
      "args[0].len",
      { args: [{ kind: "vector", len: 1.5, element: "int32" }] },
    ],
    [
      "a vector of more elements than an i32 counts",
      "args[0].len",
      { args: [{ kind: "vector", len: 2 ** 31, element: "int32" }] },
    ],
    [
      "a vector of vectors",
      "args[0].element",
      { args: [{ kind: "vector", len: 1, element: { kind: "vector", len: 1, element: "int32" } }] },
    ],
  ])("refuses %s, naming it by its path", (_, path, fields) => {
    expect(refusal(() => withSignature(fields))).toContain(`: entries[0].signature.${path}: `);
  });

  test.each(["{}", '{"entries":{}}', '{"entries":null}'])("refuses %s, naming entries", (json) => {
    expect(refusal(() => parseRegistration(json))).toMatch(/\bentries: .*array/);
  });

  test.each(["[]", "null", "1"])("refuses %s, which is no object", (json) => {
    expect(refusal(() => parseRegistration(json))).toMatch(/expected object/);
  });

  test("refuses what is no JSON, naming the plugin and keeping the cause", () => {
    const error = thrownBy(() => parseRegistration("entries", "ai.example.geo"));
    expect(error).toMatchObject({
      code: "REGISTRATION_INVALID",
      message: 'expected the registration of ai.example.geo to be JSON, got "entries"',
      cause: expect.any(SyntaxError),
    });
  });
});
