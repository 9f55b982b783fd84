import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  type Capability,
  CapabilitySet,
  PluginError,
  SURFACE_CAPABILITIES,
} from "../../src/index.ts";
import { thrownBy } from "../thrown-by.ts";

const name = fc.stringMatching(/^[a-z][a-z0-9-]{0,5}$/);
const capability = fc.oneof(
  name,
  fc.record({ kind: name, allow: fc.array(fc.string()) }, { requiredKeys: ["kind"] }),
);
const capabilities = fc.array(capability, { maxLength: 12 });

describe("CapabilitySet", () => {
  test("has nothing unless told otherwise", () => {
    expect(new CapabilitySet().names()).toEqual([]);
    expect(new CapabilitySet().has("network")).toBe(false);
  });

  test("has what it was made of, bare or with patterns, and nothing else", () => {
    const set = new CapabilitySet([
      "scalar-fn",
      { kind: "network", allow: ["https://api.example/**"] },
      { kind: "secrets" },
    ]);
    expect(set.has("scalar-fn")).toBe(true);
    expect(set.has("network")).toBe(true);
    expect(set.has("secrets")).toBe(true);
    expect(set.has("scalar")).toBe(false);
    expect(set.has("https://api.example/**")).toBe(false);
    expect(set.has("constructor")).toBe(false);
  });

  test("names each capability once, in the order in which it was declared first", () => {
    const set = new CapabilitySet([
      "secrets",
      "network",
      { kind: "secrets", allow: ["a"] },
      "audit",
    ]);
    expect(set.names()).toEqual(["secrets", "network", "audit"]);
  });

  test("takes any iterable", () => {
    expect(new CapabilitySet(new Set(["network", "audit"])).names()).toEqual(["network", "audit"]);
  });

  test("takes the names of the three surfaces", () => {
    expect(SURFACE_CAPABILITIES).toEqual(["scalar-fn", "aggregate-fn", "procedure"]);
    expect(new CapabilitySet(SURFACE_CAPABILITIES).names()).toEqual(SURFACE_CAPABILITIES);
  });

  test("does not change when the array that it was made of or the names that it gave do", () => {
    const declared = ["network"];
    const set = new CapabilitySet(declared);
    declared.push("secrets");
    set.names().push("audit");
    expect(set.names()).toEqual(["network"]);
    expect(set.has("secrets")).toBe(false);
    expect(set.has("audit")).toBe(false);
  });

  test.each([
    ["nothing", ""],
    ["a capital", "Network"],
    ["an underscore", "scalar_fn"],
    ["a dot", "host.metric"],
    ["a digit first", "2fa"],
    ["a hyphen first", "-fn"],
    ["a space", "scalar fn"],
    ["a line break at the end", "network\n"],
    ["a letter outside ASCII", "schlüssel"],
    ["__proto__", "__proto__"],
  ])("refuses a name with %s, bare or in an object, showing it", (_, kind) => {
    for (const declared of [kind, { kind }]) {
      const error = thrownBy(() => new CapabilitySet(["network", declared]));
      expect(error).toBeInstanceOf(PluginError);
      expect(error).toMatchObject({ code: "CAPABILITY_INVALID" });
      expect((error as PluginError).message.endsWith(`, got ${JSON.stringify(kind)}`)).toBe(true);
    }
  });

  test("takes a name of 64 characters and refuses one of 65", () => {
    const longest = "x".repeat(64);
    expect(new CapabilitySet([longest]).names()).toEqual([longest]);
    expect(() => new CapabilitySet([`${longest}x`])).toThrow("at most 64 characters");
  });

  test("keeps the message short for a name of a million characters", () => {
    const error = thrownBy(() => new CapabilitySet(["x".repeat(1e6)])) as PluginError;
    expect(error.code).toBe("CAPABILITY_INVALID");
    expect(error.message.length).toBeLessThan(500);
  });
});

describe("CapabilitySet.intersect", () => {
  test("names what both sets have, in the declared order", () => {
    const declared = new CapabilitySet(["secrets", "scalar-fn", "network"]);
    const granted = new CapabilitySet(["network", "audit", "secrets"]);
    expect(declared.intersect(granted).names()).toEqual(["secrets", "network"]);
  });

  test("keeps a capability whichever side has patterns", () => {
    const bare = new CapabilitySet(["network"]);
    const narrowed = new CapabilitySet([{ kind: "network", allow: ["https://api.example/**"] }]);
    expect(bare.intersect(narrowed).has("network")).toBe(true);
    expect(narrowed.intersect(bare).has("network")).toBe(true);
    expect(narrowed.intersect(narrowed).has("network")).toBe(true);
  });

  test("has a name if and only if both sets have it", () => {
    fc.assert(
      fc.property(capabilities, capabilities, capabilities, (common, left, right) => {
        const declared = new CapabilitySet([...common, ...left]);
        const granted = new CapabilitySet([...right, ...common]);
        const effective = declared.intersect(granted);
        expect(effective.names()).toEqual(declared.names().filter((kind) => granted.has(kind)));
        for (const kind of [...declared.names(), ...granted.names()]) {
          expect(effective.has(kind)).toBe(declared.has(kind) && granted.has(kind));
        }
      }),
    );
  });

  test("leaves both sets as they were", () => {
    const declared = new CapabilitySet(["network", "secrets"]);
    const granted = new CapabilitySet(["audit"]);
    declared.intersect(granted);
    expect(declared.names()).toEqual(["network", "secrets"]);
    expect(granted.names()).toEqual(["audit"]);
  });
});

describe("a capability set of what is no list of capabilities", () => {
  test("refuses a bare string, whose letters would be names", () => {
    expect(() => new CapabilitySet("procedure")).toThrow(
      expect.objectContaining({
        code: "CAPABILITY_INVALID",
        message: expect.stringContaining('write ["procedure"]'),
      }),
    );
  });

  test("refuses an object without a kind", () => {
    const nameless = [{}] as unknown as { kind: string }[];
    expect(() => new CapabilitySet(nameless)).toThrow(
      expect.objectContaining({ code: "CAPABILITY_INVALID" }),
    );
  });

  test.each([
    ["a bare string, whose stars would be patterns", "db/*"],
    ["a list of what is no text", ["db/*", 1]],
    ["null", null],
    ["an object", {}],
  ])("refuses %s for patterns, naming the capability", (_, allow) => {
    const declared = { kind: "secrets", allow } as unknown as Capability;
    expect(() => new CapabilitySet([declared])).toThrow(
      expect.objectContaining({
        code: "CAPABILITY_INVALID",
        message: expect.stringMatching(/^expected a list of patterns for the capability secrets/),
      }),
    );
  });

  test("refuses a misspelt field, which would grant everything", () => {
    const misspelt = { kind: "network", alow: ["https://api.example/**"] } as Capability;
    expect(() => new CapabilitySet([misspelt])).toThrow(
      expect.objectContaining({
        code: "CAPABILITY_INVALID",
        message: expect.stringContaining('unknown field "alow"'),
      }),
    );
  });
});
