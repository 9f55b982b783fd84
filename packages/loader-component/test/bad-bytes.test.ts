import { createHash } from "node:crypto";
import { assembleWat, readComponent, readFixture } from "@uni/fixtures";
import { PluginRegistry } from "@uni/plugin";
import { describe, expect, it } from "vitest";
import { ComponentLoader } from "../src/index.ts";
import { doubles } from "./batch-of.ts";
import { loaderOf, refusal, sharedLoader } from "./load.ts";
import { observe } from "./translate/observe.ts";

const text = (source: string) => new TextEncoder().encode(source);
const PREAMBLE = [0x00, 0x61, 0x73, 0x6d, 0x0d, 0x00, 0x01, 0x00];

/** A copy in shared memory. */
function shared(bytes: Uint8Array): Uint8Array<SharedArrayBuffer> {
  const view = new Uint8Array(new SharedArrayBuffer(bytes.length));
  view.set(bytes);
  return view;
}

async function distance(bytes: Uint8Array): Promise<unknown> {
  const registry = new PluginRegistry();
  await sharedLoader.load(bytes, { registry });
  const haversine = registry.scalar("ai.example.geo.haversine");
  return haversine.invokeSync(doubles([1], [2], [1], [2])).get(0);
}

describe("bytes that are no component", () => {
  const cases: [string, () => Uint8Array | Promise<Uint8Array>, RegExp][] = [
    ["nothing", () => new Uint8Array(), /got something else \(it starts with no bytes\)/],
    ["an image", () => Uint8Array.of(0x89, 0x50, 0x4e, 0x47), /it starts with 89 50 4e 47/],
    [
      "a core module",
      () => assembleWat("(module)"),
      /got a core module; @uni\/loader-extism loads those that are Extism plugins/,
    ],
    ["an Extism plugin", () => readFixture("geo"), /@uni\/loader-extism/],
    [
      "the text of a component",
      () => text(";; a guest\n(component)"),
      /got WebAssembly text; parse it first/,
    ],
    ["the text of a module", () => text("(module)"), /got WebAssembly text/],
    ["half a preamble", () => Uint8Array.from(PREAMBLE.slice(0, 5)), /got something else/],
    [
      "a core module in shared memory",
      () => shared(readFixture("geo")),
      /got a core module; @uni\/loader-extism/,
    ],
  ];
  for (const [what, bytes, message] of cases) {
    it(`are told apart without a thread: ${what}`, async () => {
      const { threads } = observe();
      const error = await refusal(await bytes());
      expect(error.code).toBe("INVALID_PLUGIN");
      expect(error.message).toMatch(/^expected a WebAssembly component, got /);
      expect(error.message).toMatch(message);
      expect(threads).toEqual([]);
    });
  }

  it("are refused where they are no bytes at all", async () => {
    for (const [value, kind] of [
      ["geo.wasm", "[object String]"],
      [readComponent("geo").buffer, "[object ArrayBuffer]"],
      [new SharedArrayBuffer(8), "[object SharedArrayBuffer]"],
      [undefined, "[object Undefined]"],
    ] as const) {
      expect(await refusal(value as unknown as Uint8Array)).toMatchObject({
        code: "INVALID_PLUGIN",
        message: `expected the plugin as a Uint8Array, got ${kind}`,
      });
    }
  });

  it("are refused where they are a component of another version, an empty one, or one with more behind it", async () => {
    const other = await refusal(Uint8Array.of(...PREAMBLE.slice(0, 4), 0x0a, 0x00, 0x01, 0x00));
    expect(other.code).toBe("INVALID_PLUGIN");
    expect(other.message).toMatch(/^the component is not valid: unknown binary version/);
    const empty = await refusal(Uint8Array.from(PREAMBLE));
    expect(empty.code).toBe("INVALID_PLUGIN");
    expect(empty.message).toMatch(/does not export manifest and register/);
    const longer = await refusal(Uint8Array.from([...readComponent("geo"), 0x01]));
    expect(longer.code).toBe("INVALID_PLUGIN");
    expect(longer.message).toMatch(/not valid/);
  });

  it("are refused where a core module inside of them is broken", async () => {
    const bytes = readComponent("geo");
    // The code section's last byte is the `end` of a function; the module's own magic begins it.
    const module = Buffer.from(bytes).indexOf(Buffer.from([0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0]));
    bytes.fill(0xff, module + 8, module + 64);
    const error = await refusal(bytes);
    expect(error.code).toBe("INVALID_PLUGIN");
    expect(error.message).toMatch(/^the component is not valid: /);
  });
});

describe("bytes that are pinned", () => {
  it("are loaded in either case of the digest, and refused with both where they are others", async () => {
    const bytes = readComponent("geo");
    const sha256 = createHash("sha256").update(bytes).digest("hex");
    for (const pinned of [sha256, sha256.toUpperCase()]) {
      expect((await sharedLoader.load(bytes, { sha256: pinned })).id).toBe("ai.example.geo");
    }
    const { threads } = observe();
    const error = await refusal(bytes, { sha256: "00".repeat(32) }, loaderOf());
    expect(error).toMatchObject({
      code: "INVALID_PLUGIN",
      message: `expected the plugin with SHA-256 ${"00".repeat(32)}, got one with ${sha256}`,
    });
    expect(threads).toEqual([]);
  });
});

describe("a component's bytes", () => {
  it("are copied, so that what is checked is what is compiled", async () => {
    const bytes = readComponent("geo");
    const loading = loaderOf().load(bytes);
    bytes.fill(0);
    expect((await loading).id).toBe("ai.example.geo");
  });

  it("are copied as well where they come as a Buffer, as from readFile", async () => {
    const bytes = Buffer.from(readComponent("geo"));
    const loading = loaderOf().load(bytes);
    bytes.fill(0);
    expect((await loading).id).toBe("ai.example.geo");
  });

  it("are the pinned ones, also where their Buffer is written to meanwhile, and so are those kept", async () => {
    const pinned = readComponent("geo");
    const other = readComponent("stateful");
    // A custom section, with a size of three bytes, makes the other one as long.
    const size = pinned.length - other.length - 4;
    const padding = [0, (size & 0x7f) | 0x80, ((size >> 7) & 0x7f) | 0x80, size >> 14, 1, 0x78];
    const sha256 = createHash("sha256").update(pinned).digest("hex");
    const buffer = Buffer.from(pinned);
    const loader = loaderOf();
    const loading = loader.load(buffer, { sha256 });
    buffer.fill(0);
    buffer.set([...other, ...padding]);
    expect((await loading).id).toBe("ai.example.geo");
    expect((await loader.load(pinned, { sha256 })).id).toBe("ai.example.geo");
  });

  it("are copied by precompile as well", async () => {
    for (const bytes of [readComponent("geo"), Buffer.from(readComponent("geo"))]) {
      const making = ComponentLoader.precompile(bytes);
      bytes.fill(0);
      expect((await sharedLoader.load(await making)).id).toBe("ai.example.geo");
    }
  });

  it("may be in shared memory, or a part of something larger", async () => {
    const bytes = readComponent("geo");
    expect(await distance(shared(bytes))).toBe(0);
    const padded = Uint8Array.from([1, 2, 3, ...bytes, 4, 5]);
    expect(await distance(padded.subarray(3, -2))).toBe(0);
  });
});

describe("options", () => {
  it("that do not exist, or are out of their range, are refused by name", async () => {
    const load = (options: object) => sharedLoader.load(readComponent("geo"), options);
    await expect(load({ grant: [] })).rejects.toThrow(/unknown load option "grant"/);
    await expect(load({ limits: { timeout: 1 } })).rejects.toThrow(/unknown limit "timeout"/);
    expect(() => loaderOf({ limit: {} } as object)).toThrow(/unknown loader option "limit"/);
    expect(() => loaderOf({ isolation: "process" } as object)).toThrow(/isolation/);
    expect(() => loaderOf({ cache: 1 } as object)).toThrow(/cache must be a folder or false/);
    for (const value of [0, -1, 1.5, Number.NaN, 2 ** 31, "9"]) {
      const options = { maxComponentBytes: value } as object;
      expect(() => loaderOf(options)).toThrow(/maxComponentBytes must be an integer from 1/);
      const timeout = { validationTimeoutMs: value } as object;
      expect(() => loaderOf(timeout)).toThrow(/validationTimeoutMs must be an integer from 1/);
    }
  });
});
