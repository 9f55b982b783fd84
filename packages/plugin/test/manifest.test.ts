import { describe, expect, test } from "vitest";
import {
  type AbiField,
  CapabilitySet,
  PluginError,
  type PluginManifest,
  parseManifest,
} from "../src/index.ts";
import { thrownBy } from "./thrown-by.ts";

const MINIMAL = { id: "ai.example.geo", version: "1.2.3" };

/** Parses a manifest that is valid but for `fields`. */
function manifestWith(fields: object, abiField?: AbiField): PluginManifest {
  return parseManifest(JSON.stringify({ ...MINIMAL, ...fields }), abiField);
}

/** The message with which a manifest is refused. */
function refusal(run: () => unknown): string {
  const error = thrownBy(run);
  expect(error).toBeInstanceOf(PluginError);
  expect(error).toMatchObject({ code: "MANIFEST_INVALID" });
  return (error as PluginError).message;
}

describe("parseManifest", () => {
  test("takes an id and a version, and leaves out what was not said", () => {
    const manifest = manifestWith({});
    expect(manifest).toStrictEqual({ ...MINIMAL, capabilities: expect.any(CapabilitySet) });
    expect(manifest.capabilities.names()).toEqual([]);
  });

  test("gives every field under its name in TypeScript", () => {
    const manifest = manifestWith({
      "abi-extism": "^1",
      capabilities: ["scalar-fn", { kind: "network", allow: ["https://api.example/**"] }],
      determinism: "session-scoped",
      description: "Distances on a sphere",
      fuel_per_call: 1_000_000,
      memory_max_pages: 256,
      timeout_ms: 500,
    });
    expect(manifest).toStrictEqual({
      ...MINIMAL,
      abi: "^1",
      capabilities: expect.any(CapabilitySet),
      determinism: "session-scoped",
      description: "Distances on a sphere",
      fuelPerCall: 1_000_000,
      memoryMaxPages: 256,
      timeoutMs: 500,
    });
    expect(manifest.capabilities.names()).toEqual(["scalar-fn", "network"]);
  });

  test.each(["pure", "session-scoped", "nondeterministic"])("takes the determinism %s", (text) => {
    expect(manifestWith({ determinism: text }).determinism).toBe(text);
  });

  test.each(["ai.example", "ai.example.geo.v2", "builtin", "apoc-core", "custom", "user.legacy"])(
    "takes the id %s",
    (id) => {
      expect(manifestWith({ id }).id).toBe(id);
    },
  );

  test.each(["0.0.0", "1.0.0-rc.1", "1.0.0-rc.1+build.5", "10.20.30"])(
    "takes the version %s as it is",
    (version) => {
      expect(manifestWith({ version }).version).toBe(version);
    },
  );

  test.each(["^1", "1", "*", "1.0", ">=1 <3", ">=1, <3", ">= 1,<3", "^1 || ^2"])(
    "takes the ABI range %s as it is",
    (range) => {
      expect(manifestWith({ abi: range }).abi).toBe(range);
    },
  );
});

describe("parseManifest of fields that it does not know", () => {
  test("refuses a manifest with an unknown field, naming it", () => {
    expect(refusal(() => manifestWith({ colour: "red" }))).toContain('"colour"');
  });

  test("names all of several unknown fields", () => {
    const message = refusal(() => manifestWith({ colour: "red", fuelPerCall: 1 }));
    expect(message).toContain('"colour"');
    expect(message).toContain('"fuelPerCall"');
  });

  test.each(["__proto__", "constructor", "toString", "hasOwnProperty"])(
    "refuses the field %s, naming it",
    (field) => {
      const json = `{"id":"ai.example.geo","version":"1.2.3","${field}":{"timeout_ms":5}}`;
      expect(refusal(() => parseManifest(json))).toContain(`"${field}"`);
    },
  );

  test("does not read fields from a __proto__", () => {
    const json = '{"__proto__":{"id":"ai.example.geo","version":"1.2.3"}}';
    expect(refusal(() => parseManifest(json))).toMatch(/\bid: .*\bversion: .*"__proto__"/);
  });

  test("refuses an unknown field of a capability, naming both", () => {
    const capabilities = ["scalar-fn", { kind: "network", deny: ["**"] }];
    expect(refusal(() => manifestWith({ capabilities }))).toMatch(/capabilities\[1\]: .*"deny"/);
  });

  test("keeps the message short when a hundred thousand fields are unknown", () => {
    const fields = Object.fromEntries(Array.from({ length: 1e5 }, (_, i) => [`field${i}`, i]));
    const message = refusal(() => manifestWith(fields));
    expect(message).toContain('"field0"');
    expect(message.length).toBeLessThan(10_000);
  });
});

describe("parseManifest of fields that are wrong", () => {
  test("names every field that is missing, and keeps the schema's error as the cause", () => {
    expect(refusal(() => parseManifest("{}"))).toMatch(/\bid: .*; version: /);
    expect(thrownBy(() => parseManifest("{}"))).toMatchObject({
      cause: { issues: [{ path: ["id"] }, { path: ["version"] }] },
    });
  });

  test.each([
    ["an id that is no string", { id: 7 }, /\bid: .*string.*number/],
    ["an id of one token", { id: "geo" }, /\bid: .*"ai\.example\.geo"/],
    ["an id with an empty token", { id: "ai..geo" }, /\bid: /],
    ["an id outside ASCII", { id: "ai.exämple" }, /\bid: /],
    ["an id of 256 characters", { id: `ai.${"x".repeat(253)}` }, /\bid: /],
    ["a version that is no string", { version: 1 }, /\bversion: .*string.*number/],
    ["a version of two numbers", { version: "1.0" }, /\bversion: .*"1\.0\.0"/],
    ["a version with a leading v", { version: "v1.0.0" }, /\bversion: .*"1\.0\.0"/],
    ["a version with a space before it", { version: " 1.0.0" }, /\bversion: .*"1\.0\.0"/],
    ["a version with a line break after it", { version: "1.0.0\n" }, /\bversion: .*"1\.0\.0"/],
    ["a version with a leading zero", { version: "01.0.0" }, /\bversion: /],
    ["an ABI that is no range", { abi: "one" }, /\babi: .*"\^1"/],
    ["an Extism ABI that is no range", { "abi-extism": "one" }, /\babi-extism: .*"\^1"/],
    ["an ABI that is no string", { abi: 1 }, /\babi: .*string.*number/],
    ["capabilities that are no array", { capabilities: "network" }, /\bcapabilities: .*array/],
    ["a capability that is a number", { capabilities: [1] }, /capabilities\[0\]: .*"network"/],
    ["a capability that is null", { capabilities: ["a", null] }, /capabilities\[1\]: /],
    ["a capability without a kind", { capabilities: [{ allow: [] }] }, /capabilities\[0\]: /],
    [
      "patterns that are no array",
      { capabilities: [{ kind: "network", allow: "**" }] },
      /capabilities\[0\]/,
    ],
    [
      "a pattern that is no string",
      { capabilities: [{ kind: "network", allow: ["**", 1] }] },
      /capabilities\[0\]/,
    ],
    ["an unknown determinism", { determinism: "random" }, /\bdeterminism: .*"session-scoped"/],
    ["a description that is no string", { description: ["a"] }, /\bdescription: .*string.*array/],
  ])("refuses %s, naming it by its path", (_, fields, message) => {
    expect(refusal(() => manifestWith(fields))).toMatch(message);
  });

  describe.each(["fuel_per_call", "memory_max_pages", "timeout_ms"])("%s", (field) => {
    test.each([
      ["zero", "0"],
      ["negative", "-1"],
      ["fractional", "1.5"],
      ["past what a number holds exactly", "9007199254740993"],
      ["past every number", "1e999"],
      ["a string", '"1"'],
    ])("is refused when it is %s", (_, value) => {
      const json = `{"id":"ai.example.geo","version":"1.2.3","${field}":${value}}`;
      expect(refusal(() => parseManifest(json))).toContain(`${field}: `);
    });

    test("is taken when it is 1", () => {
      expect(() => manifestWith({ [field]: 1 })).not.toThrow();
    });
  });

  test("refuses a capability whose name is malformed, with the code of a capability", () => {
    const error = thrownBy(() => manifestWith({ capabilities: ["scalar-fn", "Net work"] }));
    expect(error).toBeInstanceOf(PluginError);
    expect(error).toMatchObject({ code: "CAPABILITY_INVALID" });
    expect((error as PluginError).message).toContain('"Net work"');
  });

  test("names the first five problems and counts the rest", () => {
    const message = refusal(() => manifestWith({ capabilities: [1, 2, 3, 4, 5, 6, 7] }));
    expect(message).toContain("capabilities[4]: ");
    expect(message).not.toContain("capabilities[5]: ");
    expect(message.endsWith("; and 2 more")).toBe(true);
  });
});

describe("parseManifest of what is no JSON object", () => {
  test.each(["", "{", "id: ai.example.geo", "{'id':'ai.example.geo'}", "undefined"])(
    "refuses %j, showing it and keeping the cause",
    (json) => {
      const error = thrownBy(() => parseManifest(json)) as PluginError;
      expect(error).toMatchObject({ code: "MANIFEST_INVALID", cause: expect.any(SyntaxError) });
      expect(error.message).toBe(`expected the manifest to be JSON, got ${JSON.stringify(json)}`);
    },
  );

  test("shows the start of a long text that is no JSON", () => {
    const message = refusal(() => parseManifest("x".repeat(1e6)));
    expect(message).toBe(`expected the manifest to be JSON, got "${"x".repeat(80)}…"`);
  });

  test.each(["null", "[]", "1", '"ai.example.geo"', "true"])("refuses %s", (json) => {
    expect(refusal(() => parseManifest(json))).toMatch(/expected object/);
  });
});

describe("parseManifest for one format", () => {
  test.each(["abi", "abi-extism"] as const)("takes %s where it is the format's own", (field) => {
    expect(manifestWith({ [field]: "^1" }, field).abi).toBe("^1");
  });

  test.each(["abi", "abi-extism"] as const)("takes a manifest without %s", (field) => {
    expect(manifestWith({}, field)).not.toHaveProperty("abi");
  });

  test.each(["abi", "abi-extism"] as const)("takes %s where no format is given", (field) => {
    expect(manifestWith({ [field]: "^1" }).abi).toBe("^1");
  });

  test.each([
    ["abi", "abi-extism"],
    ["abi-extism", "abi"],
  ] as const)("refuses %s where the format says %s, naming both", (foreign, own) => {
    const message = refusal(() => manifestWith({ [foreign]: "^1" }, own));
    expect(message).toContain(`"${foreign}"`);
    expect(message).toContain(`"${own}"`);
  });

  test.each([
    ["abi", "abi-extism"],
    ["abi-extism", "abi"],
  ] as const)("refuses %s beside the format's own %s", (foreign, own) => {
    const message = refusal(() => manifestWith({ abi: "^1", "abi-extism": "^1" }, own));
    expect(message).toContain(`Unrecognized key: "${foreign}"`);
  });
});

describe("parseManifest of optional fields that are null", () => {
  test("takes them for absent, as serde writes an absent Option", () => {
    const absent = {
      abi: null,
      determinism: null,
      description: null,
      fuel_per_call: null,
      memory_max_pages: null,
      timeout_ms: null,
    };
    expect(manifestWith(absent)).toEqual(manifestWith({}));
  });

  test("refuses null for what is required", () => {
    expect(refusal(() => manifestWith({ id: null }))).toContain("id: ");
  });
});

describe("parseManifest without a format", () => {
  test("refuses both ABI fields at once", () => {
    expect(refusal(() => manifestWith({ abi: "^1", "abi-extism": "^1" }))).toContain(
      'Unrecognized key: "abi-extism"',
    );
  });

  test.each(["", " ", ","])("refuses the empty range %j", (abi) => {
    expect(refusal(() => manifestWith({ abi }))).toContain("abi: expected a semver range");
  });
});

describe("an error of parseManifest", () => {
  test("names the plugin where the manifest has its id", () => {
    expect(refusal(() => manifestWith({ surprise: 1 }))).toContain(
      "the manifest of ai.example.geo is not valid",
    );
  });

  test("does not repeat an id that is none", () => {
    expect(refusal(() => manifestWith({ id: "<b>", surprise: 1 }))).toMatch(
      /^the manifest is not valid/,
    );
  });
});

describe("parseManifest of patterns", () => {
  const network = (allow: string[]) => ({ capabilities: [{ kind: "network", allow }] });

  test("takes as many as anybody needs, and refuses a flood", () => {
    expect(() => manifestWith(network(new Array(256).fill("a".repeat(1024))))).not.toThrow();
    expect(refusal(() => manifestWith(network(new Array(257).fill("a"))))).toMatch(
      /capabilities\[0\]/,
    );
    expect(refusal(() => manifestWith(network(["a".repeat(1025)])))).toMatch(/capabilities\[0\]/);
  });
});
