import type { CannedComponentOptions } from "@uni/fixtures";
import { describe, expect, it } from "vitest";
import { ONE } from "./batch-of.ts";
import { cannedRefusal } from "./canned.ts";
import { refusal } from "./load.ts";
import { loadWat, type WatPlugin, watPlugin } from "./wat-plugin.ts";

const FN_ERROR = "record{code: u32, message: string, retryable: bool}";
const RESULT = `result<list<u8>, ${FN_ERROR}>`;

describe.concurrent("a component of another world", () => {
  const cases: [CannedComponentOptions, string][] = [
    [{ manifest: null, register: null }, "manifest and register"],
    [{ manifest: null }, "manifest"],
    [{ register: null }, "register"],
  ];
  for (const [guest, names] of cases) {
    it(`is refused before it runs where it does not export ${names}`, async () => {
      const error = await cannedRefusal({ ...guest, start: { kind: "loop" } });
      expect(error).toMatchObject({
        code: "INVALID_PLUGIN",
        message: `expected a plugin, which exports the functions manifest and register; this component does not export ${names}`,
      });
    });
  }
});

/** A world whose exports are those of the contract, except for one. */
function worldWith(name: string, type: string): string {
  const exports: Record<string, string> = {
    manifest: "func() -> string",
    register: "func() -> string",
    [name]: type,
  };
  const lines = Object.entries(exports).map(([key, value]) => `export ${key}: ${value};`);
  return `package canned:plugin;
    interface types { record fn-error { code: u32, message: string, retryable: bool } }
    world canned { use types.{fn-error}; ${lines.join(" ")} }`;
}

describe.concurrent("an export of another type than the world's", () => {
  const bytes = "list<u8>";
  const surface = (params: string) => `func(${params}) -> ${RESULT}`;
  // The core function is the contract's; every type here has the same core type, so only the
  // component says something else.
  const cases: [name: string, type: string, expected: string, actual: string][] = [
    ["manifest", "func() -> list<u8>", "func() -> string", "func() -> list<u8>"],
    ["register", "func() -> list<string>", "func() -> string", "func() -> list<string>"],
    [
      "invoke-scalar",
      "func(qname: string, ipc: string) -> result<list<u8>, fn-error>",
      surface(`string, ${bytes}`),
      `func(string, string) -> ${RESULT}`,
    ],
    [
      "invoke-procedure",
      "func(qname: string, ipc: list<s8>) -> result<list<u8>, fn-error>",
      surface(`string, ${bytes}`),
      `func(string, list<s8>) -> ${RESULT}`,
    ],
    [
      "agg-new",
      "func(qname: string) -> result<list<u8>, string>",
      surface("string"),
      "func(string) -> result<list<u8>, string>",
    ],
    [
      "agg-update",
      "func(a: string, b: string, c: list<u8>) -> result<list<u8>, fn-error>",
      surface(`string, ${bytes}, ${bytes}`),
      `func(string, string, list<u8>) -> ${RESULT}`,
    ],
    [
      "agg-merge",
      "func(a: list<u8>, b: list<u8>, c: list<u8>) -> result<list<u8>, fn-error>",
      surface(`string, ${bytes}, ${bytes}`),
      `func(list<u8>, list<u8>, list<u8>) -> ${RESULT}`,
    ],
    [
      "agg-evaluate",
      "func(qname: string, state: list<u8>) -> list<u8>",
      surface(`string, ${bytes}`),
      "func(string, list<u8>) -> list<u8>",
    ],
  ];
  for (const [name, type, expected, actual] of cases) {
    it(`is refused with both types: ${name}`, async () => {
      const functions = /^(manifest|register)$/.test(name) ? {} : { [name]: { kind: "echo" } };
      const error = await cannedRefusal({
        world: worldWith(name, type),
        functions: functions as NonNullable<CannedComponentOptions["functions"]>,
      });
      expect(error).toMatchObject({
        code: "INVALID_PLUGIN",
        message: `the component exports functions of other types than the world uni:plugin@0.1.0: ${name}: expected ${expected}, got ${actual}`,
      });
    });
  }

  it("is refused where only a field of the error has another name", async () => {
    const world = worldWith(
      "invoke-scalar",
      "func(qname: string, ipc: list<u8>) -> result<list<u8>, fn-error>",
    ).replace("retryable: bool", "retriable: bool");
    const error = await cannedRefusal({ world, functions: { "invoke-scalar": { kind: "echo" } } });
    expect(error.message).toContain(
      "got func(string, list<u8>) -> result<list<u8>, record{code: u32, message: string, retriable: bool}>",
    );
  });

  it("is the component's own matter where the world has no such export", async () => {
    const { scalar } = await loadWat({
      world: "export other: func(a: f32) -> f32;",
      fields: '(func (export "other") (param f32) (result f32) (local.get 0))',
      body: "(i32.const 0)",
    });
    expect([...(await scalar.invoke(ONE))]).toEqual([1]);
  });
});

/** What the load of a component with these imports, none of which it calls, is refused with. */
async function importRefusal(...names: readonly string[]) {
  const imports = names.map((full) => {
    const [from = "", name = ""] = full.split("#");
    return { interface: from, name };
  });
  return cannedRefusal({ imports, start: { kind: "loop" } });
}

describe.concurrent("an import that no host provides", () => {
  const cases: [what: string, imported: string, named: string][] = [
    ["another version", "uni:plugin/host-log@0.2.0#log", "uni:plugin/host-log@0.2.0"],
    ["no version", "uni:plugin/host-log#log", "uni:plugin/host-log"],
    [
      "an unknown function of a known interface",
      "uni:plugin/host-metrics@0.1.0#reset",
      "uni:plugin/host-metrics@0.1.0#reset",
    ],
    [
      "an unknown interface of the host's",
      "uni:plugin/host-fs@0.1.0#read",
      "uni:plugin/host-fs@0.1.0",
    ],
    [
      "sockets",
      "wasi:sockets/tcp@0.2.0#connect",
      'wasi:sockets/tcp@0.2.0, which would need the capability "network"',
    ],
    ["WASI of another generation", "wasi:cli/exit@0.3.0#exit", "wasi:cli/exit@0.3.0"],
    ["an unknown interface of WASI", "wasi:nn/tensor@0.2.0#compute", "wasi:nn/tensor@0.2.0"],
  ];
  for (const [what, imported, named] of cases) {
    it(`is named before anything runs: ${what}`, async () => {
      const error = await importRefusal(imported);
      expect(error).toMatchObject({
        code: "INSTANTIATE",
        message: `the component imports what this host does not provide: ${named}`,
      });
    });
  }

  it("is named where only the patch version is another one, of the same type", async () => {
    const bytes = await watPlugin({
      world: "import uni:plugin/host-log@0.1.1;",
      packages: `package uni:plugin@0.1.1 {
        interface host-log { log: func(level: string, message: string); }
      }`,
      imports: '(import "uni:plugin/host-log@0.1.1" "log" (func (param i32 i32 i32 i32)))',
      body: "(i32.const 0)",
    });
    const error = await refusal(bytes);
    expect(error.code).toBe("INSTANTIATE");
    expect(error.message).toMatch(/does not provide: uni:plugin\/host-log@0\.1\.1$/);
  });

  it("is named with all the others", async () => {
    const error = await importRefusal(
      "wasi:sockets/udp@0.2.3#bind",
      "wasi:keyvalue/store@0.2.0#open",
      "uni:plugin/host-log@9.0.0#log",
    );
    expect(error.code).toBe("INSTANTIATE");
    for (const name of ["udp@0.2.3", "keyvalue/store@0.2.0", "host-log@9.0.0", '"filesystem"']) {
      expect(error.message).toContain(name);
    }
  });

  it("is named where it is a function of the world itself, or an interface of a resource alone", async () => {
    const bare = await refusal(
      await watPlugin({
        world: "import fetch: func();",
        imports: '(import "$root" "fetch" (func))',
        body: "(i32.const 0)",
      }),
    );
    expect(bare).toMatchObject({
      code: "INSTANTIATE",
      message: "the component imports what this host does not provide: the function fetch",
    });
    const resource = await refusal(
      await watPlugin({
        world: "import acme:store/kv@1.0.0;",
        packages: "package acme:store@1.0.0 { interface kv { resource bucket; } }",
        imports: '(import "acme:store/kv@1.0.0" "[resource-drop]bucket" (func (param i32)))',
        body: "(i32.const 0)",
      }),
    );
    expect(resource.code).toBe("INSTANTIATE");
    expect(resource.message).toContain("acme:store/kv@1.0.0");
  });
});

describe.concurrent("an import of another type than the host's", () => {
  const importing = (name: string, wit: string, core: string): WatPlugin => {
    const [from = "", local = ""] = name.split("#");
    const [, id = "", interfaceName = "", version = ""] = /^(.+)\/(.+)@(.+)$/.exec(from) ?? [];
    return {
      world: `import ${from};`,
      packages: `package ${id}@${version} { interface ${interfaceName} { ${local}: ${wit}; } }`,
      imports: `(import "${from}" "${local}" (func ${core}))`,
      body: "(i32.const 0)",
    };
  };
  const cases: [name: string, wit: string, core: string, actual: string, expected: string][] = [
    [
      "uni:plugin/host-log@0.1.0#log",
      "func(level: u8, message: string)",
      "(param i32 i32 i32)",
      "func(u8, string)",
      "func(string, string)",
    ],
    [
      "uni:plugin/host-log@0.1.0#log",
      "func(level: string, message: list<u8>)",
      "(param i32 i32 i32 i32)",
      "func(string, list<u8>)",
      "func(string, string)",
    ],
    [
      "uni:plugin/host-metrics@0.1.0#metric-counter",
      "func(name: string) -> option<s64>",
      "(param i32 i32 i32)",
      "func(string) -> option<s64>",
      "func(string) -> option<u64>",
    ],
    ["wasi:cli/exit@0.2.0#exit", "func(status: u8)", "(param i32)", "func(u8)", "func(result)"],
  ];
  for (const [name, wit, core, actual, expected] of cases) {
    it(`is refused with both types: ${name} as ${actual}`, async () => {
      const error = await refusal(await watPlugin(importing(name, wit, core)));
      expect(error).toMatchObject({
        code: "INSTANTIATE",
        message: `the component imports what this host does not provide: ${name} as ${actual}, and it is ${expected}`,
      });
    });
  }
});
