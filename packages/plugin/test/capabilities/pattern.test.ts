import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { CapabilitySet } from "../../src/index.ts";
import { meant } from "./meant.ts";

/** Whether a capability that is narrowed to `pattern` covers `argument`. */
function covers(pattern: string, argument: string): boolean {
  return new CapabilitySet([{ kind: "files", allow: [pattern] }]).allows("files", argument);
}

describe("a pattern for paths", () => {
  test.each([
    ["/data/a.csv", "/data/a.csv"],
    ["/data/*", "/data/a.csv"],
    ["/data/*", "/data/"],
    ["/data/*.csv", "/data/.csv"],
    ["/data/*.csv", "/data/a.b.csv"],
    ["/data/*/a.csv", "/data/2024/a.csv"],
    ["/data/*/a.csv", "/data//a.csv"],
    ["/data/**", "/data/"],
    ["/data/**", "/data/2024/05/a.csv"],
    ["/data/**/a.csv", "/data/2024/05/a.csv"],
    ["/data/**/a.csv", "/data//a.csv"],
    ["/data**", "/database/a.csv"],
    ["**/a.csv", "/data/2024/a.csv"],
    ["**", "/data/a.csv"],
    ["*-*", "a-b-c"],
    ["*a", "banana"],
  ])("%s covers %s", (pattern, argument) => {
    expect(covers(pattern, argument)).toBe(true);
  });

  test.each([
    ["/data/a.csv", "/data/b.csv"],
    ["/data/a.csv", "/data/a.csv.bak"],
    ["/data/a.csv", "/old/data/a.csv"],
    ["/data/*", "/data/2024/a.csv"],
    ["/data/*", "/data"],
    ["/data/*", "/data/a/"],
    ["*", "/"],
    ["*", "data/a.csv"],
    ["*/*", "a/b/c"],
    ["/data/*.csv", "/data/2024/a.csv"],
    ["/data/*/a.csv", "/data/2024/05/a.csv"],
    ["/data/**", "/data"],
    ["/data/**", "/database/a.csv"],
    ["/data/**/a.csv", "/data/a.csv"],
    ["/data/", "/data"],
    ["/Data/*", "/data/a.csv"],
  ])("%s does not cover %s", (pattern, argument) => {
    expect(covers(pattern, argument)).toBe(false);
  });
});

describe("a pattern for URLs", () => {
  test.each([
    ["https://api.example/**", "https://api.example/v1/places?near=52.5,13.4"],
    ["https://*.example/**", "https://api.example/v1"],
    ["https://api.example/*/places", "https://api.example/v2/places"],
    ["https://api.example/places?*", "https://api.example/places?near=here"],
    ["http://[::1]:8080/**", "http://[::1]:8080/health"],
  ])("%s covers %s", (pattern, argument) => {
    expect(covers(pattern, argument)).toBe(true);
  });

  test.each([
    ["https://api.example/**", "http://api.example/v1"],
    ["https://api.example/**", "https://api.example.evil.test/v1"],
    ["https://api.example/**", "https://apiXexample/v1"],
    ["https://api.example/**", "https://evil.test/https://api.example/v1"],
    ["https://*.example/**", "https://evil.test/x.example/v1"],
    ["https://*.example/**", "https://example/v1"],
    ["https://api.example/*/places", "https://api.example/v2/private/places"],
  ])("%s does not cover %s", (pattern, argument) => {
    expect(covers(pattern, argument)).toBe(false);
  });

  test("covers an argument as it is written: who asks has resolved its dots", () => {
    expect(covers("/data/**", "/data/../etc/passwd")).toBe(true);
    expect(covers("/data/*", "/data/..")).toBe(true);
  });
});

describe("a pattern", () => {
  test("means nothing but the empty argument where it is empty", () => {
    expect(covers("", "")).toBe(true);
    expect(covers("", "a")).toBe(false);
    expect(covers("", "/")).toBe(false);
  });

  test("covers the empty argument with stars alone", () => {
    for (const pattern of ["*", "**", "***", "****"]) expect(covers(pattern, "")).toBe(true);
    for (const pattern of ["a", "/", "*a", "**/", "?"]) expect(covers(pattern, "")).toBe(false);
  });

  test("crosses a slash with three stars, which are two and one", () => {
    expect(covers("/data/***.csv", "/data/2024/05/a.csv")).toBe(true);
    expect(covers("***", "/a/b")).toBe(true);
  });

  test.each([..."\\.+[]?(){}^$|-,!#@~%&=:; \n\u0000"])("takes %j for itself", (character) => {
    expect(covers(`a${character}b`, `a${character}b`)).toBe(true);
    expect(covers(`*${character}*`, `a${character}b`)).toBe(true);
    for (const other of ["ab", "a", "b", "aab", "axb", "a/b", `a${character}${character}b`]) {
      expect(covers(`a${character}b`, other)).toBe(false);
    }
  });

  test.each([
    [".*", "anything"],
    [".", "a"],
    ["a+", "aa"],
    ["a?", "a"],
    ["[ab]", "a"],
    ["{a,b}", "a"],
    ["(a|b)", "a"],
    ["^a$", "a"],
    ["\\*", "*"],
    ["\\d", "1"],
    ["!a", "b"],
  ])("%s, which would cover %s elsewhere, does not here", (pattern, argument) => {
    expect(covers(pattern, argument)).toBe(false);
    expect(covers(pattern, pattern)).toBe(true);
  });

  test("covers line breaks and letters outside ASCII with either star", () => {
    for (const pattern of ["a*z", "a**z"]) {
      for (const middle of ["\n", "\r\n", "\u2028", "ß", "🌍", "e\u0301"]) {
        expect(covers(pattern, `a${middle}z`)).toBe(true);
      }
    }
    expect(covers("🌍/*", "🌍/🌎")).toBe(true);
    expect(covers("🌍", "🌎")).toBe(false);
    // Two ways to write one letter are two texts.
    expect(covers("é", "e\u0301")).toBe(false);
  });

  test("means what its anchored regular expression means", () => {
    const text = fc.string({
      unit: fc.constantFrom("a", "b", "/", ".", "*", "\n", "[", "\\"),
      maxLength: 8,
    });
    const pattern = fc
      .array(fc.constantFrom("*", "**", "a", "b", "/", ".", "\n", "[", "\\"), { maxLength: 6 })
      .map((tokens) => tokens.join(""));
    fc.assert(
      fc.property(pattern, text, (allowed, argument) => {
        expect(covers(allowed, argument)).toBe(meant(allowed, argument));
      }),
      { numRuns: 3000 },
    );
  });

  test("covers every argument that comes of filling in its stars", () => {
    const piece = fc.constantFrom("a", "/", ".", "bc", "*", "**");
    const filling = fc.string({ unit: fc.constantFrom("x", ".", "a"), maxLength: 4 });
    const filled = fc.array(fc.tuple(piece, filling, filling), { maxLength: 10 });
    fc.assert(
      fc.property(filled, (pieces) => {
        const written = pieces.map(([text, left, right]) => {
          if (text === "*") return left;
          return text === "**" ? `${left}/${right}` : text;
        });
        // Single stars that meet are a double star, which covers no less.
        expect(covers(pieces.map(([text]) => text).join(""), written.join(""))).toBe(true);
      }),
    );
  });
});

describe("a pattern that would take a backtracking matcher for ever", () => {
  test.each([
    ["**a, 30 times", "**a".repeat(30), "a"],
    ["**a, 30 times, and **b", `${"**a".repeat(30)}**b`, "a"],
    ["*a, 30 times, and *b", `${"*a".repeat(30)}*b`, "a"],
    ["2,000 stars and b", `${"*".repeat(2000)}b`, "a"],
    ["**/, 30 times, and b", `${"**/".repeat(30)}b`, "/"],
  ])("is compared with 2,000 characters: %s", (_, pattern, character) => {
    const argument = character.repeat(2000);
    expect(covers(pattern, argument)).toBe(!pattern.endsWith("b"));
    expect(covers(pattern, `${argument}b`)).toBe(pattern.endsWith("b"));
    expect(covers(pattern, `${argument}c`)).toBe(false);
  });

  test.each([
    ["letters that are not there", "b"],
    ["letters that are, but not so many", "a"],
    ["**a", "**a"],
    ["*a", "*a"],
  ])("is not compared in full where it is a million %s", (_, token) => {
    expect(covers(token.repeat(1e6), "a".repeat(2000))).toBe(false);
  });

  test("is no longer for a million stars in a row", () => {
    expect(covers(`${"*".repeat(1e6)}b`, `${"a/".repeat(1000)}b`)).toBe(true);
    expect(covers(`${"*".repeat(1e6)}b`, "a/".repeat(1000))).toBe(false);
  });
});
