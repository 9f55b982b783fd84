import { watName } from "@uni/fixtures";
import { UniError } from "@uni/plugin";
import { describe, expect, it } from "vitest";
import { columns } from "./doubles.ts";
import { env, loadWat, textBlock, type WatPlugin } from "./wat-plugin.ts";

const one = columns({ x: [1.5] });

async function outcome(plugin: WatPlugin, options = {}): Promise<UniError> {
  const { plugin: loaded, scalar } = await loadWat(plugin, options);
  const error: unknown = await scalar.invoke(one).catch((e: unknown) => e);
  expect(loaded.pool.metrics.live).toBe(0);
  if (error instanceof UniError) return error;
  throw new Error(`expected a UniError, got ${error}`);
}

/** The status that the guest returned, which is how it reports what it saw. */
async function status(plugin: WatPlugin, options = {}): Promise<number> {
  const error = await outcome(plugin, options);
  if (!("fnCode" in error)) throw error;
  return error.fnCode as number;
}

const LENGTH = env("length", "(param i64) (result i64)");
const LOAD_U8 = env("load_u8", "(param i64) (result i32)");
const LOAD_U64 = env("load_u64", "(param i64) (result i64)");
const STORE_U64 = env("store_u64", "(param i64 i64)");
const INPUT_U8 = env("input_load_u8", "(param i64) (result i32)");
const INPUT_LENGTH = env("input_length", "(result i64)");

describe("a guest that reaches outside", () => {
  const attacks: [string, WatPlugin, string, RegExp][] = [
    [
      "of its input, by a byte",
      {
        imports: INPUT_U8 + INPUT_LENGTH,
        body: "(call $input_load_u8 (call $input_length))",
      },
      "TRAP",
      /outside of the input/,
    ],
    [
      "of its input, by seven bytes",
      {
        imports: env("input_load_u64", "(param i64) (result i64)") + INPUT_LENGTH,
        body: "(i32.wrap_i64 (call $input_load_u64 (i64.sub (call $input_length) (i64.const 7))))",
      },
      "TRAP",
      /outside of the input/,
    ],
    [
      "of its input, backwards",
      { imports: INPUT_U8, body: "(call $input_load_u8 (i64.const -1))" },
      "TRAP",
      /outside of the input/,
    ],
    [
      "of its blocks",
      { imports: LOAD_U8, body: "(call $load_u8 (i64.const 4096))" },
      "TRAP",
      /outside of the allocated blocks/,
    ],
    [
      "of its blocks, far away",
      { imports: LOAD_U64, body: "(i32.wrap_i64 (call $load_u64 (i64.const 0x7fffffffffffffff)))" },
      "TRAP",
      /outside of the allocated blocks/,
    ],
    [
      "of its blocks, to write",
      {
        imports: STORE_U64,
        body: "(call $store_u64 (i64.const -8) (i64.const 1)) (i32.const 0)",
      },
      "TRAP",
      /outside of the allocated blocks/,
    ],
    [
      "with its output",
      { body: "(call $output_set (call $alloc (i64.const 8)) (i64.const 9)) (i32.const 0)" },
      "TRAP",
      /outside of the allocated blocks/,
    ],
    [
      "with an output of 2 GB",
      {
        body: "(call $output_set (call $alloc (i64.const 8)) (i64.const 0x80000000)) (i32.const 0)",
      },
      "TRAP",
      /outside of the allocated blocks/,
    ],
    [
      "of the limit, with a block of 2 GB",
      { body: "(i32.wrap_i64 (call $alloc (i64.const 0x80000000)))" },
      "RESOURCE_LIMIT",
      /2147483648 bytes/,
    ],
    [
      "of the limit, with a block of -1 bytes",
      { body: "(i32.wrap_i64 (call $alloc (i64.const -1)))" },
      "RESOURCE_LIMIT",
      /-1 bytes/,
    ],
  ];
  for (const [what, plugin, code, message] of attacks) {
    it(`${what} is ended`, async () => {
      const error = await outcome(plugin);
      expect(error.code).toBe(code);
      expect(error.message).toMatch(message);
    });
  }

  it("and catches what it is told is ended all the same", async () => {
    const error = await outcome({
      imports: LOAD_U8,
      body: `(drop (try (result i32) (do (call $load_u8 (i64.const 4096))) (catch_all (i32.const 7))))
        (call $output_set (i64.const 0) (i64.const 0)) (i32.const 0)`,
    });
    expect(error.code).toBe("TRAP");
    expect(error.message).toContain("outside of the allocated blocks");
  });
});

describe("a guest that writes into its input", () => {
  it("writes into a copy that nobody else sees", async () => {
    const { scalar } = await loadWat({
      imports: env("input_offset", "(result i64)") + INPUT_LENGTH,
      // Overwrites the first bytes of its input, and answers with what it was given.
      body: `(call $store_u8 (i64.add (call $input_offset) (i64.const 200)) (i32.const 0))
        (call $output_set (call $input_offset) (call $input_length)) (i32.const 0)`,
    });
    const batch = columns({ x: [1.5, 2.5] });
    await scalar.invoke(batch).catch(() => undefined);
    expect([...(batch.getChildAt(0) ?? [])]).toEqual([1.5, 2.5]);
  });

  it("reads the same there as through input_load", async () => {
    const plugin = {
      imports: env("input_offset", "(result i64)") + LOAD_U8 + INPUT_U8 + INPUT_LENGTH,
      body: `(i32.add (i32.const 1) (i32.and
        (i32.eq (call $load_u8 (i64.add (call $input_offset) (i64.const 8))) (call $input_load_u8 (i64.const 8)))
        (i32.eq (call $load_u8 (call $input_offset)) (i32.const 0xff))))`,
    };
    expect(await status(plugin)).toBe(2);
  });
});

describe("blocks", () => {
  it("tell their length, and 0 where none starts", async () => {
    const at = (offset: number) => ({
      imports: LENGTH,
      body: `(i32.add (i32.const 1) (i32.wrap_i64 (call $length
        (i64.add (call $alloc (i64.const 40)) (i64.const ${offset})))))`,
    });
    expect(await status(at(0))).toBe(41);
    expect(await status(at(8))).toBe(1);
  });

  it("may be 40,000 in one call", async () => {
    const body = `(local $i i32)
      (loop $next
        (drop (call $alloc (i64.const 16)))
        (local.set $i (i32.add (local.get $i) (i32.const 1)))
        (br_if $next (i32.lt_u (local.get $i) (i32.const 40000))))
      (local.get $i)`;
    expect(await status({ body })).toBe(40_000);
  });

  it("end at their number, also one that a guest never frees", async () => {
    const error = await outcome({
      body: "(loop $next (drop (call $alloc (i64.const 0))) (br $next)) (unreachable)",
    });
    expect(error.code).toBe("RESOURCE_LIMIT");
    expect(error.message).toMatch(/more than 262144 blocks/);
  });

  it("of no bytes are not block 0, which is none", async () => {
    expect(await status({ body: "(i32.wrap_i64 (call $alloc (i64.const 0)))" })).toBeGreaterThan(0);
  });
});

describe("config", () => {
  const fields = `(data (i32.const 0) ${watName("key")})`;
  const plugin = {
    imports: env("config_get", "(param i64) (result i64)") + LENGTH,
    fields,
    body: `(i32.add (i32.const 1)
      (i32.wrap_i64 (call $length (call $config_get ${textBlock(0, "key")}))))`,
  };

  it("is what the host set for the plugin, and nothing else", async () => {
    expect(await status(plugin, { config: { key: "välue" } })).toBe(7);
    expect(await status(plugin, { config: { other: "x" } })).toBe(1);
    expect(await status(plugin)).toBe(1);
  });

  it("cannot be read for names of Object.prototype", async () => {
    const name = "constructor";
    const body = plugin.body.replace(textBlock(0, "key"), textBlock(0, name));
    const hidden = { ...plugin, body, fields: `(data (i32.const 0) ${watName(name)})` };
    expect(await status(hidden)).toBe(1);
  });

  it("is not there while the manifest is read", async () => {
    const phoning = {
      ...plugin,
      inManifest: `(if (i32.ne (i32.wrap_i64 (call $length (call $config_get ${textBlock(0, "key")}))) (i32.const 0)) (then (unreachable)))`,
    };
    expect(await status(phoning, { config: { key: "secret" } })).toBe(7);
  });
});

describe("variables", () => {
  const imports =
    env("var_get", "(param i64) (result i64)") + env("var_set", "(param i64 i64)") + LENGTH;
  const fields = `(data (i32.const 0) ${watName("k")}) (data (i32.const 8) ${watName("four")})`;
  const length = `(i32.add (i32.const 1) (i32.wrap_i64 (call $length (call $var_get ${textBlock(0, "k")}))))`;

  it("can be set, read, and taken away in one call", async () => {
    const set = `(call $var_set ${textBlock(0, "k")} ${textBlock(8, "four")})`;
    const unset = `(call $var_set ${textBlock(0, "k")} (i64.const 0))`;
    expect(await status({ imports, fields, body: `${set} ${length}` })).toBe(5);
    expect(await status({ imports, fields, body: `${set} ${unset} ${length}` })).toBe(1);
  });

  it("are gone in the next call", async () => {
    const set = `(call $var_set ${textBlock(0, "k")} ${textBlock(8, "four")})`;
    const { scalar } = await loadWat({
      imports,
      fields,
      body: `(local $seen i32) (local.set $seen ${length}) ${set} (local.get $seen)`,
    });
    for (let i = 0; i < 2; i++) {
      await expect(scalar.invoke(one)).rejects.toMatchObject({ fnCode: 1 });
    }
  });

  it("are bounded", async () => {
    const body = `(call $var_set ${textBlock(0, "k")} (call $alloc (i64.const 1048577))) (i32.const 0)`;
    const error = await outcome({ imports, fields, body });
    expect(error.code).toBe("RESOURCE_LIMIT");
    expect(error.message).toContain("variables take more than the limit of 1048576 bytes");
  });
});

describe("the network", () => {
  for (const [name, type, call] of [
    [
      "http_request",
      "(param i64 i64) (result i64)",
      "(call $http_request (i64.const 0) (i64.const 0))",
    ],
    ["http_headers", "(result i64)", "(call $http_headers)"],
  ] as const) {
    it(`is refused by ${name} when it is used, and not before`, async () => {
      const error = await outcome({ imports: env(name, type), body: `(i32.wrap_i64 ${call})` });
      expect(error.code).toBe("CAPABILITY_DENIED");
      expect(error.message).toMatch(new RegExp(`${name}: a plugin has no network`));
    });
  }
});

describe("an import of another signature than the ABI's", () => {
  it("keeps the plugin from being loaded where the kernel provides it", async () => {
    const load = loadWat({
      imports: '(import "extism:host/env" "length" (func $length (param i64) (result i32)))',
      body: "(call $length (i64.const 0))",
    });
    await expect(load).rejects.toMatchObject({
      code: "INSTANTIATE",
      message: expect.stringMatching(/cannot be linked.*length/),
    });
  });

  it("is an error of the call that says so where the host provides it", async () => {
    const error = await outcome({
      imports:
        '(import "extism:host/env" "config_get" (func $config_get (param i64) (result i32)))',
      body: "(call $config_get (i64.const 0))",
    });
    expect(error.code).toBe("INVALID_PLUGIN");
    expect(error.message).toContain("another signature");
  });
});
