import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { exportStem, PluginError, QName } from "../src/index.ts";
import { thrownBy } from "./thrown-by.ts";

const token = fc.stringMatching(/^[A-Za-z_][A-Za-z0-9_-]{0,20}$/);
const qualified = fc.array(token, { minLength: 3, maxLength: 8 }).map((tokens) => tokens.join("."));

describe("QName.parse", () => {
  test("gives back the text that it parsed, for every valid name", () => {
    fc.assert(
      fc.property(qualified, (text) => {
        expect(QName.parse(text).toString()).toBe(text);
      }),
    );
  });

  test("splits at the last dot", () => {
    fc.assert(
      fc.property(qualified, token, (namespace, local) => {
        const name = QName.parse(`${namespace}.${local}`);
        expect(name.namespace).toBe(namespace);
        expect(name.local).toBe(local);
      }),
    );
  });

  test("keeps the case of the text", () => {
    expect(QName.parse("Ai.Example.GEO.haverSine").toString()).toBe("Ai.Example.GEO.haverSine");
  });

  test.each([
    ["builtin.f", "builtin"],
    ["apoc-core.f", "apoc-core"],
    ["custom.f", "custom"],
    ["user.legacy.f", "user.legacy"],
  ])("takes %s, whose plugin id is reserved", (text, namespace) => {
    expect(QName.parse(text)).toMatchObject({ namespace, local: "f" });
  });

  test("takes 255 characters and refuses 256", () => {
    const longest = `ai.${"x".repeat(250)}.f`;
    expect(longest).toHaveLength(255);
    expect(QName.parse(longest).toString()).toBe(longest);
    expect(() => QName.parse(`${longest}f`)).toThrow("at most 255 characters");
  });

  test.each([
    ["nothing", ""],
    ["a name without a dot", "haversine"],
    ["a reserved id alone", "builtin"],
    ["a plugin id of one token that is not reserved", "foo.bar"],
    ["a reserved id in another case", "Builtin.f"],
    ["a dot alone", "."],
    ["an empty first token", ".example.f"],
    ["an empty middle token", "ai..f"],
    ["an empty local name", "ai.example."],
    ["a letter outside ASCII", "ai.exämple.f"],
    ["a local name outside ASCII", "ai.example.größe"],
    ["a letter that looks like ASCII", "ai.example.\u212A"],
    ["a double quote", 'ai.example."f"'],
    ["a single quote", "ai.example.f'"],
    ["a space", "ai.example.f g"],
    ["a space at the end", "ai.example.f "],
    ["a line break at the end", "ai.example.f\n"],
    ["a token that starts with a digit", "ai.2example.f"],
    ["a token that starts with a hyphen", "ai.example.-f"],
    ["a slash", "ai/example.f"],
  ])("refuses %s, showing the text", (_, text) => {
    const error = thrownBy(() => QName.parse(text));
    expect(error).toBeInstanceOf(PluginError);
    expect(error).toMatchObject({ code: "QNAME_INVALID" });
    expect((error as PluginError).message.endsWith(`, got ${JSON.stringify(text)}`)).toBe(true);
  });

  test("shows no more than 255 characters of a name that is too long", () => {
    const error = thrownBy(() => QName.parse(`ai.example.${"x".repeat(289)}`)) as PluginError;
    expect(error.code).toBe("QNAME_INVALID");
    expect(error.message.endsWith(`, got "ai.example.${"x".repeat(244)}"`)).toBe(true);
  });

  test("refuses every name with a character that a token cannot have", () => {
    const foreign = fc
      .string({ unit: "binary", minLength: 1 })
      .filter((text) => /[^\w.-]/.test(text));
    fc.assert(
      fc.property(qualified, foreign, (text, suffix) => {
        expect(thrownBy(() => QName.parse(text + suffix))).toMatchObject({ code: "QNAME_INVALID" });
      }),
    );
  });
});

describe("exportStem", () => {
  test("has an underscore for every dot, and leaves the rest", () => {
    expect(exportStem(QName.parse("ai.example.geo-2.haver_sine"))).toBe(
      "ai_example_geo-2_haver_sine",
    );
  });
});
