import { describe, expect, it } from "vitest";
import { checkName, pascalCase, ScaffoldError } from "../src/index.ts";

const rules = { what: "loader", reserved: ["extism"] };

describe("a name", () => {
  it.each(["a", "geo", "my-format", "x2", "wasm-4-kids", "n".repeat(40)])("can be %j", (name) => {
    expect(() => checkName(name, rules)).not.toThrow();
  });

  it.each(["", "2x", "-a", "a-", "a--b", "A", "a_b", "a b", "a/b", "..", "é", "a\n"])(
    "cannot be %j",
    (name) => {
      expect(() => checkName(name, rules)).toThrow(ScaffoldError);
      expect(() => checkName(name, rules)).toThrow(JSON.stringify(name));
    },
  );

  it("has at most 40 characters", () => {
    expect(() => checkName("n".repeat(41), rules)).toThrow(/at most 40 characters.*with 41$/);
  });

  it("is nobody's yet", () => {
    expect(() => checkName("extism", rules)).toThrow(
      'the name "extism" is taken; take another one for the loader',
    );
  });

  it("is one word in code", () => {
    expect(["geo", "my-format", "wasm-4-kids"].map(pascalCase)).toEqual([
      "Geo",
      "MyFormat",
      "Wasm4Kids",
    ]);
  });
});
