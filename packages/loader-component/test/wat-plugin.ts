import { assembleWat, componentOf, watName } from "@uni/fixtures";
import { FLOAT64 } from "@uni/loader-tests";
import type { LoadOptions } from "@uni/wasm-rt";
import type { ComponentLoaderOptions } from "../src/index.ts";
import { loaderOf, onlyScalar } from "./load.ts";

/** A plugin `ai.example.wat` whose function `f`, of one double, is written in WebAssembly text. */
export interface WatPlugin {
  /** Imports of the core module. */
  readonly imports?: string;
  /** Items of the world, such as `import wasi:cli/exit@0.2.0;`. */
  readonly world?: string;
  /** The packages of what the world imports. */
  readonly packages?: string;
  /**
   * The body of `f`: its local 0 is the address of the arguments, and 1 their length. It leaves an
   * i32: 0 succeeds with the arguments, and everything else fails with this code.
   */
  readonly body: string;
  /** What `invoke-scalar` does first; it may return what `$ok` or `$err` gives. */
  readonly inInvoke?: string;
  /** More fields of the core module; the memory is theirs from 1024 to 16383. */
  readonly fields?: string;
  /** Limits of the memory, in pages; by default 1. Arguments are placed from the second page on. */
  readonly memory?: string;
  /** What the allocator does first. */
  readonly inRealloc?: string;
  /** What the body of `manifest` does first. */
  readonly inManifest?: string;
  /** What the body of `register` does first. */
  readonly inRegister?: string;
  readonly manifest?: object;
  /** Whether the text needs the assembler of the newest features. */
  readonly newest?: boolean;
}

/** A field that puts text into the memory, and the operands that pass it as a string or as bytes. */
export function textAt(address: number, text: string): { field: string; passed: string } {
  const { length } = new TextEncoder().encode(text);
  return {
    field: `(data (i32.const ${address}) ${watName(text)})`,
    passed: `(i32.const ${address}) (i32.const ${length})`,
  };
}

const MANIFEST_AT = 16_384;
const REGISTRATION_AT = 32_768;
const DOCUMENT_AT = 49_152;
const RESULT_AT = 49_160;

function coreText(plugin: WatPlugin): string {
  const manifest = { id: "ai.example.wat", version: "1.0.0", capabilities: ["scalar-fn"] };
  const signature = { args: [FLOAT64], returns: FLOAT64 };
  const entries = [{ kind: "scalar", qname: "ai.example.wat.f", signature }];
  const document = (name: string, address: number, value: object, first = "") => {
    const { field, passed } = textAt(address, JSON.stringify(value));
    return `${field}
    (func (export "${name}") (result i32)
      ${first}
      (call $document ${passed}))`;
  };
  return `(module
    ${plugin.imports ?? ""}
    (memory (export "memory") ${plugin.memory ?? "1"})
    (global $top (mut i32) (i32.const 65536))
    (func $document (param i32 i32) (result i32)
      (i32.store (i32.const ${DOCUMENT_AT}) (local.get 0))
      (i32.store (i32.const ${DOCUMENT_AT + 4}) (local.get 1))
      (i32.const ${DOCUMENT_AT}))
    ${document("manifest", MANIFEST_AT, { ...manifest, ...plugin.manifest }, plugin.inManifest)}
    ${document("register", REGISTRATION_AT, { entries }, plugin.inRegister)}
    (func $f (param i32 i32) (result i32) ${plugin.body})
    (func $ok (param $at i32) (param $length i32) (result i32)
      (i32.store8 (i32.const ${RESULT_AT}) (i32.const 0))
      (i32.store (i32.const ${RESULT_AT + 4}) (local.get $at))
      (i32.store (i32.const ${RESULT_AT + 8}) (local.get $length))
      (i32.const ${RESULT_AT}))
    (func $err (param $code i32) (param $at i32) (param $length i32) (result i32)
      (i32.store8 (i32.const ${RESULT_AT}) (i32.const 1))
      (i32.store (i32.const ${RESULT_AT + 4}) (local.get $code))
      (i32.store (i32.const ${RESULT_AT + 8}) (local.get $at))
      (i32.store (i32.const ${RESULT_AT + 12}) (local.get $length))
      (i32.store8 (i32.const ${RESULT_AT + 16}) (i32.const 0))
      (i32.const ${RESULT_AT}))
    (func (export "invoke-scalar") (param i32 i32 i32 i32) (result i32)
      (local $code i32)
      ${plugin.inInvoke ?? ""}
      (local.set $code (call $f (local.get 2) (local.get 3)))
      (if (local.get $code)
        (then (return (call $err (local.get $code) (i32.const 0) (i32.const 0)))))
      (call $ok (local.get 2) (local.get 3)))
    (func (export "cabi_realloc") (param i32 i32 i32 i32) (result i32)
      (local $start i32)
      ${plugin.inRealloc ?? ""}
      (local.set $start (i32.and (i32.add (global.get $top) (i32.const 7)) (i32.const -8)))
      (global.set $top (i32.add (local.get $start) (local.get 3)))
      (if (i32.gt_u (global.get $top) (i32.shl (memory.size) (i32.const 16)))
        (then (drop (memory.grow (i32.add (i32.shr_u (local.get 3) (i32.const 16)) (i32.const 1))))))
      (local.get $start))
    ${plugin.fields ?? ""})`;
}

function worldText({ world = "", packages = "" }: WatPlugin): string {
  return `package wat:plugin;
    interface errors { record fn-error { code: u32, message: string, retryable: bool } }
    world wat {
      use errors.{fn-error};
      ${world}
      export manifest: func() -> string;
      export register: func() -> string;
      export invoke-scalar: func(qname: string, ipc-bytes: list<u8>) -> result<list<u8>, fn-error>;
    }
    ${packages}`;
}

/** Builds such a plugin. */
export async function watPlugin(plugin: WatPlugin): Promise<Uint8Array<ArrayBuffer>> {
  const { newest = false } = plugin;
  const core = await assembleWat(coreText(plugin), { exceptions: true, newest });
  return componentOf(core, worldText(plugin), "wat");
}

/** Loads such a plugin; its function, whose code can tell what the guest saw. */
export async function loadWat(
  plugin: WatPlugin,
  options: LoadOptions = {},
  loaderOptions: ComponentLoaderOptions = {},
) {
  const loaded = await loaderOf(loaderOptions).load(await watPlugin(plugin), options);
  return { plugin: loaded, scalar: onlyScalar(loaded) };
}
