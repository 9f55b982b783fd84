import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Capability, CapabilitySet, parseManifest } from "../../src/index.ts";
import { meant } from "./meant.ts";

const API = "https://api.example/v1";
const KINDS = ["files", "network"];
const ARGUMENTS = ["", "a", "b", "ab", "a/b", "a/b/b", "/", "a.b", "axb"];
const pattern = fc.constantFrom("", "*", "**", "a", "b", "a*", "*b", "a/*", "a/**", "**/b", "a.b");
const kind = fc.constantFrom(...KINDS);
const capability = fc.oneof(
  kind,
  fc.record({ kind, allow: fc.array(pattern, { maxLength: 3 }) }, { requiredKeys: ["kind"] }),
);
const declaration = fc.array(capability, { maxLength: 4 });

describe("CapabilitySet.allows", () => {
  test("allows any argument of a capability without patterns", () => {
    for (const declared of ["network", { kind: "network" }]) {
      const set = new CapabilitySet([declared]);
      for (const text of ["", "/", API, "*", "x\ny"])
        expect(set.allows("network", text)).toBe(true);
    }
  });

  test("allows nothing of a capability that is not there", () => {
    const set = new CapabilitySet(["network"]);
    for (const name of ["files", "", "Network", "net", "constructor", "__proto__"]) {
      expect(set.allows(name, API)).toBe(false);
    }
    expect(new CapabilitySet().allows("network", API)).toBe(false);
  });

  test("allows nothing of a capability with an empty list, which is there nevertheless", () => {
    const set = new CapabilitySet([{ kind: "network", allow: [] }]);
    expect(set.has("network")).toBe(true);
    expect(set.allows("network", API)).toBe(false);
    expect(set.allows("network", "")).toBe(false);
  });

  test("allows what any of the patterns means, and nothing else", () => {
    const set = new CapabilitySet([{ kind: "files", allow: ["/data/*", "/tmp/**"] }]);
    expect(set.allows("files", "/data/a")).toBe(true);
    expect(set.allows("files", "/tmp/a/b")).toBe(true);
    expect(set.allows("files", "/data/a/b")).toBe(false);
    expect(set.allows("files", "/data/a/tmp/b")).toBe(false);
  });

  test("keeps the patterns of one capability from another", () => {
    const set = new CapabilitySet([
      { kind: "files", allow: ["/data/*"] },
      { kind: "network", allow: ["https://**"] },
    ]);
    expect(set.allows("files", API)).toBe(false);
    expect(set.allows("network", "/data/a")).toBe(false);
  });

  test("allows what either of two declarations of one capability allows", () => {
    const set = new CapabilitySet([
      { kind: "files", allow: ["/data/*"] },
      { kind: "files", allow: [] },
      { kind: "files", allow: ["/tmp/*"] },
    ]);
    expect(set.allows("files", "/data/a")).toBe(true);
    expect(set.allows("files", "/tmp/a")).toBe(true);
    expect(set.allows("files", "/etc/a")).toBe(false);
  });

  test("allows everything where one of two declarations is bare, whichever comes first", () => {
    const narrow = { kind: "files", allow: ["/data/*"] };
    for (const declared of [
      [narrow, "files"],
      ["files", narrow],
      [narrow, { kind: "files" }],
      ["files", { kind: "files", allow: [] }],
    ]) {
      expect(new CapabilitySet(declared).allows("files", "/etc/a")).toBe(true);
    }
  });

  test("does not change when the patterns that it was made of do", () => {
    const allow = ["/data/*"];
    const declared = { kind: "files", allow };
    const once = new CapabilitySet([declared]);
    const twice = new CapabilitySet([declared, { kind: "files", allow }]);
    const both = once.intersect(new CapabilitySet([declared]));
    allow[0] = "/etc/*";
    allow.push("**");
    declared.allow = ["**"];
    for (const each of [once, twice, both]) {
      expect(each.allows("files", "/data/a")).toBe(true);
      expect(each.allows("files", "/etc/a")).toBe(false);
    }
  });

  test("allows what a manifest declared", () => {
    const { capabilities } = parseManifest(
      JSON.stringify({
        id: "ai.example.geo",
        version: "1.0.0",
        capabilities: [
          { kind: "network", allow: ["https://api.example/**"] },
          { kind: "files", allow: null },
          { kind: "secrets", allow: [] },
        ],
      }),
    );
    expect(capabilities.allows("network", API)).toBe(true);
    expect(capabilities.allows("network", "https://other.example/v1")).toBe(false);
    expect(capabilities.allows("files", "/etc/a")).toBe(true);
    expect(capabilities.allows("secrets", "key")).toBe(false);
  });

  test("allows what some declaration of the capability allows, of any declarations", () => {
    const covers = (declared: string | Partial<Capability>, text: string): boolean =>
      typeof declared === "string" ||
      declared.allow === undefined ||
      declared.allow.some((allowed) => meant(allowed, text));
    fc.assert(
      fc.property(declaration, kind, fc.constantFrom(...ARGUMENTS), (declared, name, text) => {
        const of = declared.filter((each) => each === name || Object(each).kind === name);
        expect(new CapabilitySet(declared).allows(name, text)).toBe(
          of.some((each) => covers(each, text)),
        );
      }),
      { numRuns: 500 },
    );
  });
});

describe("an intersection", () => {
  test("allows what both sides' patterns mean", () => {
    const declared = new CapabilitySet([{ kind: "files", allow: ["/data/**", "/tmp/*"] }]);
    const granted = new CapabilitySet([{ kind: "files", allow: ["**/*.csv"] }]);
    for (const both of [declared.intersect(granted), granted.intersect(declared)]) {
      expect(both.allows("files", "/data/2024/a.csv")).toBe(true);
      expect(both.allows("files", "/tmp/a.csv")).toBe(true);
      expect(both.allows("files", "/data/a.txt")).toBe(false);
      expect(both.allows("files", "/etc/a.csv")).toBe(false);
    }
  });

  test("is as narrow as the only side that has patterns", () => {
    const bare = new CapabilitySet(["files"]);
    const narrow = new CapabilitySet([{ kind: "files", allow: ["/data/*"] }]);
    for (const both of [bare.intersect(narrow), narrow.intersect(bare)]) {
      expect(both.allows("files", "/data/a")).toBe(true);
      expect(both.allows("files", "/etc/a")).toBe(false);
    }
    expect(bare.intersect(bare).allows("files", "/etc/a")).toBe(true);
  });

  test("has a capability of which nothing is left, and allows nothing of it", () => {
    const left = new CapabilitySet([{ kind: "files", allow: ["/data/*"] }]);
    const right = new CapabilitySet([{ kind: "files", allow: ["/tmp/*"] }]);
    const both = left.intersect(right);
    expect(both.has("files")).toBe(true);
    for (const text of ["/data/a", "/tmp/a", ""]) expect(both.allows("files", text)).toBe(false);
  });

  test("leaves both sides as wide as they were", () => {
    const left = new CapabilitySet(["files"]);
    const right = new CapabilitySet([{ kind: "files", allow: ["/data/*"] }]);
    left.intersect(right).intersect(new CapabilitySet([{ kind: "files", allow: [] }]));
    expect(left.allows("files", "/etc/a")).toBe(true);
    expect(right.allows("files", "/data/a")).toBe(true);
  });

  test("allows an argument if and only if every side allows it", () => {
    const sides = fc.array(declaration, { minLength: 2, maxLength: 4 });
    fc.assert(
      fc.property(sides, (declarations) => {
        const sets = declarations.map((declared) => new CapabilitySet(declared));
        const fromLeft = sets.reduce((left, right) => left.intersect(right));
        const fromRight = sets.reduceRight((right, left) => left.intersect(right));
        for (const name of KINDS) {
          for (const text of ARGUMENTS) {
            const expected = sets.every((set) => set.allows(name, text));
            expect(fromLeft.allows(name, text)).toBe(expected);
            expect(fromRight.allows(name, text)).toBe(expected);
          }
        }
      }),
      { numRuns: 500 },
    );
  });
});
