import { type CannedGuestOptions, cannedExtismGuest, readFixture } from "@uni/fixtures";
import { FLOAT64, registrationOf } from "@uni/loader-tests";
import { PluginRegistry } from "@uni/plugin";
import { LoaderError, type LoadOptions } from "@uni/wasm-rt";
import { describe, expect, it } from "vitest";
import { ExtismError, ExtismLoader } from "../src/index.ts";

const signature = { args: [FLOAT64], returns: FLOAT64 };
const manifest = (changes: object) =>
  JSON.stringify({
    id: "ai.example.canned",
    version: "1.0.0",
    capabilities: ["scalar-fn"],
    ...changes,
  });
const answers = { invoke_ai_example_canned_f: { kind: "echo" } } as const;

/** What a load is refused with; nothing of the plugin is registered then. */
async function refusal(bytes: Uint8Array, options: LoadOptions = {}): Promise<ExtismError> {
  const registry = new PluginRegistry();
  try {
    await new ExtismLoader().load(bytes, { registry, ...options });
  } catch (error) {
    expect(registry.plugins()).toEqual([]);
    expect(error).toBeInstanceOf(ExtismError);
    expect(error).toBeInstanceOf(LoaderError);
    return error as ExtismError;
  }
  throw new Error("the plugin was loaded");
}

async function cannedRefusal(guest: CannedGuestOptions, options?: LoadOptions) {
  return refusal(await cannedExtismGuest(guest), options);
}

describe("bytes that are no plugin", () => {
  const text = (source: string) => new TextEncoder().encode(source);
  const cases: [string, Uint8Array, RegExp][] = [
    ["nothing", new Uint8Array(), /expected a WebAssembly core module.*no bytes/],
    ["an image", Uint8Array.of(0x89, 0x50, 0x4e, 0x47), /starts with 89 50 4e 47/],
    ["WebAssembly text", text(";; a guest\n(module)"), /WebAssembly text; assemble it/],
    [
      "a component",
      Uint8Array.of(0, 0x61, 0x73, 0x6d, 13, 0, 1, 0),
      /a component; @uni\/loader-component/,
    ],
    ["a module that is cut off", readFixture("geo").subarray(0, 500), /not valid WebAssembly/],
    ["an empty module", Uint8Array.of(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0), /manifest and register/],
  ];
  for (const [what, bytes, message] of cases) {
    it(`are refused and named: ${what}`, async () => {
      const error = await refusal(bytes);
      expect(error.code).toBe("INVALID_PLUGIN");
      expect(error.message).toMatch(message);
    });
  }

  it("are refused where they are no bytes at all", async () => {
    const error = await refusal("geo.wasm" as unknown as Uint8Array);
    expect(error).toMatchObject({
      code: "INVALID_PLUGIN",
      message: expect.stringContaining("expected the plugin as a Uint8Array, got [object String]"),
    });
  });

  // A Buffer, as readFile gives, has a `slice` that copies nothing.
  it.each([
    ["an array", readFixture("geo")],
    ["a Buffer", Buffer.from(readFixture("geo"))],
  ])("are copied, so that what is checked is what is compiled, from %s", async (_what, bytes) => {
    const loading = new ExtismLoader().load(bytes);
    bytes.fill(0);
    expect((await loading).id).toBe("ai.example.geo");
  });

  it("are refused where they are not the ones that the host pinned", async () => {
    const error = await refusal(readFixture("geo"), { sha256: "00".repeat(32) });
    expect(error.code).toBe("INVALID_PLUGIN");
    expect(error.message).toMatch(
      /expected the plugin with SHA-256 0{64}, got one with [0-9a-f]{64}/,
    );
    const actual = error.message.slice(-64).toUpperCase();
    const plugin = await new ExtismLoader().load(readFixture("geo"), { sha256: actual });
    expect(plugin.id).toBe("ai.example.geo");
  });

  for (const [missing, message] of [
    ["manifest", /does not export manifest$/],
    ["register", /does not export register$/],
  ] as const) {
    it(`are refused where the module does not export ${missing}`, async () => {
      const error = await cannedRefusal({ [missing]: null });
      expect(error.code).toBe("INVALID_PLUGIN");
      expect(error.message).toMatch(message);
    });
  }
});

describe("a manifest", () => {
  const cases: [string, CannedGuestOptions["manifest"], RegExp][] = [
    ["is not JSON", "id = geo", /expected the manifest to be JSON, got "id = geo"/],
    ["is not an object", "[]", /expected object/],
    ["is empty", "", /expected the manifest to be JSON, got ""/],
    [
      "is not UTF-8",
      { kind: "output", bytes: Uint8Array.of(0x7b, 0xff, 0x7d) },
      /expected the manifest to be UTF-8/,
    ],
    [
      "is enormous",
      { kind: "output", bytes: new Uint8Array(2 ** 20 + 1).fill(0x20) },
      /at most 1048576 bytes, got 1048577/,
    ],
    ["has an unknown field", manifest({ netwrok: true }), /Unrecognized key: "netwrok"/],
    ["has the field of components", manifest({ abi: "^1" }), /"abi".*"abi-extism"/],
    ["has no id", manifest({ id: undefined }), /id: /],
    ["has a bad version", manifest({ version: "one" }), /version: expected a semantic version/],
    [
      "reports an error",
      { kind: "fail", status: 4, message: "no manifest today" },
      /no manifest today/,
    ],
  ];
  for (const [what, document, message] of cases) {
    it(`that ${what} is refused, and the message says so`, async () => {
      const error = await cannedRefusal({ manifest: document ?? null });
      expect(error.code).toBe("MANIFEST_INVALID");
      expect(error.message).toMatch(message);
    });
  }

  it("that wants another ABI is refused with both versions", async () => {
    const error = await cannedRefusal({ manifest: manifest({ "abi-extism": "^2" }) });
    expect(error.code).toBe("ABI_UNSUPPORTED");
    expect(error.message).toMatch(/ai\.example\.canned.*wants ABI \^2.*speaks ABI 1\.0\.0/);
  });

  it("that loops or traps ends the load", async () => {
    const options = { limits: { timeoutMs: 50 } };
    expect((await cannedRefusal({ manifest: { kind: "loop" } }, options)).code).toBe("TIMEOUT");
    expect((await cannedRefusal({ manifest: { kind: "trap" } })).code).toBe("TRAP");
  });

  it("that allocates for ever ends the load at the limit", async () => {
    const error = await cannedRefusal({
      manifest: { kind: "allocate", count: 1_000_000, bytes: 8 },
    });
    expect(error.code).toBe("RESOURCE_LIMIT");
    expect(error.message).toMatch(/manifest: more than 262144 blocks/);
  });

  it("can tighten the host's time limit and not widen it", async () => {
    const load = async (timeout_ms: number) => {
      const bytes = await cannedExtismGuest({ manifest: manifest({ timeout_ms }) });
      return (await new ExtismLoader().load(bytes, { limits: { timeoutMs: 500 } })).limits;
    };
    expect(await load(100)).toMatchObject({ timeoutMs: 100 });
    expect(await load(60_000)).toMatchObject({ timeoutMs: 500 });
  });
});

describe("a registration", () => {
  const cases: [string, string, RegExp][] = [
    ["is not JSON", "entries", /expected the registration of ai\.example\.canned to be JSON/],
    ["has an unknown field", '{"entries":[],"extra":1}', /Unrecognized key: "extra"/],
    [
      "has a qname outside of the plugin's id",
      '{"entries":[{"kind":"scalar","qname":"ai.other.f","signature":{"args":[],"returns":{"kind":"cypher_value"}}}]}',
      /entries\[0\]\.qname: expected a name in the namespace ai\.example\.canned, got ai\.other\.f/,
    ],
    [
      "has an unknown type",
      registrationOf({ args: [{ kind: "primitive", arrow: "float65" }], returns: FLOAT64 }),
      /entries\[0\]\.signature\.args\[0\]\.arrow/,
    ],
  ];
  for (const [what, register, message] of cases) {
    it(`that ${what} is refused, and the message says so`, async () => {
      const error = await cannedRefusal({ register });
      expect(error.code).toBe("MANIFEST_INVALID");
      expect(error.message).toMatch(message);
    });
  }

  it("that loops ends the load", async () => {
    const options = { limits: { timeoutMs: 50 } };
    expect((await cannedRefusal({ register: { kind: "loop" } }, options)).code).toBe("TIMEOUT");
  });

  it("of a function that is not exported is refused with the export's name", async () => {
    const error = await cannedRefusal({ register: registrationOf(signature) });
    expect(error.code).toBe("MANIFEST_INVALID");
    expect(error.message).toContain("invoke_ai_example_canned_f");
  });

  it("of a scalar function wants scalar-fn from both sides", async () => {
    const guest = { register: registrationOf(signature), functions: answers };
    const undeclared = await cannedRefusal({ ...guest, manifest: manifest({ capabilities: [] }) });
    expect(undeclared.code).toBe("CAPABILITY_DENIED");
    expect(undeclared.message).toMatch(/ai\.example\.canned\.f.*"scalar-fn"/);
    expect((await cannedRefusal(guest, { grants: [] })).code).toBe("CAPABILITY_DENIED");
  });
});

describe("a module", () => {
  it("that imports what no host provides is refused before it runs, with every name", async () => {
    const error = await cannedRefusal({
      extraImports: [
        { module: "env", name: "emscripten_sleep" },
        { module: "wasi_snapshot_preview2", name: "fd_write" },
      ],
      start: { kind: "loop" },
    });
    expect(error.code).toBe("INSTANTIATE");
    expect(error.message).toContain("env emscripten_sleep (function)");
    expect(error.message).toContain("wasi_snapshot_preview2 fd_write (function)");
  });

  it("that imports host functions which this host does not have is refused with every name", async () => {
    const error = await cannedRefusal({
      extraImports: ["fetch_url", "read_file"].map((name) => ({
        module: "extism:host/user",
        name,
      })),
      start: { kind: "loop" },
    });
    expect(error.code).toBe("INSTANTIATE");
    expect(error.message).toMatch(/this host does not have: fetch_url, read_file/);
  });

  for (const [module, name] of [
    ["extism:host/env", "constructor"],
    ["extism:host/env", "__defineGetter__"],
    ["extism:host/env", "__proto__"],
    ["__proto__", "toString"],
    ["constructor", "freeze"],
  ] as const) {
    it(`cannot import ${name} of ${module} from the host's objects`, async () => {
      const error = await cannedRefusal({ extraImports: [{ module, name, params: [] }] });
      expect(error.code).toBe("INSTANTIATE");
      expect(error.message).toContain(`${module} ${name}`);
    });
  }

  it("whose start function loops or traps ends the load", async () => {
    const options = { limits: { timeoutMs: 50 } };
    expect((await cannedRefusal({ start: { kind: "loop" } }, options)).code).toBe("TIMEOUT");
    expect((await cannedRefusal({ start: { kind: "trap", message: "early" } })).message).toMatch(
      /start trapped.*early/,
    );
  });
});

describe("options", () => {
  it("that do not exist are refused by name", async () => {
    const load = (options: object) => new ExtismLoader().load(readFixture("geo"), options);
    await expect(load({ grant: [] })).rejects.toThrow(/unknown load option "grant"/);
    await expect(load({ limits: { timeout: 1 } })).rejects.toThrow(/unknown limit "timeout"/);
    await expect(load({ limits: { timeoutMs: 0 } })).rejects.toThrow(/timeoutMs must be/);
    expect(() => new ExtismLoader({ limit: {} } as object)).toThrow(/unknown loader option/);
    expect(() => new ExtismLoader({ isolation: "process" } as object)).toThrow(/isolation/);
  });
});
