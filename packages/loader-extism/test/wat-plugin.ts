import { assembleWat, watName } from "@uni/fixtures";
import { FLOAT64 } from "@uni/loader-tests";
import type { LoaderOptions, LoadOptions } from "@uni/wasm-rt";
import { ExtismLoader } from "../src/index.ts";

/** A plugin `ai.example.wat` whose function `f`, of one double, is written in WebAssembly text. */
export interface WatPlugin {
  /** Imports beside `alloc`, `store_u8` and `output_set`. */
  readonly imports?: string;
  /** The body of `f`; it leaves an i32 status. */
  readonly body: string;
  /** More fields of the module. */
  readonly fields?: string;
  /** Limits of the memory `memory`; one page by default. */
  readonly memory?: string;
  /** What the body of `manifest` does first. */
  readonly inManifest?: string;
  /** What the body of `register` does first. */
  readonly inRegister?: string;
  readonly manifest?: object;
  /** Whether the text needs the assembler of the newest features. */
  readonly newest?: boolean;
}

const ENV = '"extism:host/env"';

/** Imports a function of `extism:host/env` as `$name`. */
export const env = (name: string, type: string): string =>
  `(import ${ENV} "${name}" (func $${name} ${type}))`;

/** Imports a host function as `$name`. */
export const user = (name: string): string =>
  `(import "extism:host/user" "${name}" (func $${name} (param i64) (result i64)))`;

/** A block with the text at `address` of the guest's memory. */
export const textBlock = (address: number, text: string): string =>
  `(call $block (i32.const ${address}) (i32.const ${new TextEncoder().encode(text).length}))`;

export function watPlugin(plugin: WatPlugin): Promise<Uint8Array<ArrayBuffer>> {
  const manifest = JSON.stringify({
    id: "ai.example.wat",
    version: "1.0.0",
    capabilities: ["scalar-fn"],
    ...plugin.manifest,
  });
  const signature = { args: [FLOAT64], returns: FLOAT64 };
  const entry = { kind: "scalar", qname: "ai.example.wat.f", signature };
  const registration = JSON.stringify({ entries: [entry] });
  const output = (address: number, text: string) =>
    `(call $output_set ${textBlock(address, text)} (i64.const ${text.length})) (i32.const 0)`;
  const wat = `(module
    ${env("alloc", "(param i64) (result i64)")}
    ${env("store_u8", "(param i64 i32)")}
    ${env("output_set", "(param i64 i64)")}
    ${plugin.imports ?? ""}
    (memory (export "memory") ${plugin.memory ?? "1"})
    (data (i32.const 16384) ${watName(manifest)})
    (data (i32.const 32768) ${watName(registration)})
    (func $block (param $from i32) (param $length i32) (result i64)
      (local $to i64) (local $i i32)
      (local.set $to (call $alloc (i64.extend_i32_u (local.get $length))))
      (loop $next
        (if (i32.lt_u (local.get $i) (local.get $length))
          (then
            (call $store_u8
              (i64.add (local.get $to) (i64.extend_i32_u (local.get $i)))
              (i32.load8_u (i32.add (local.get $from) (local.get $i))))
            (local.set $i (i32.add (local.get $i) (i32.const 1)))
            (br $next))))
      (local.get $to))
    (func (export "manifest") (result i32)
      ${plugin.inManifest ?? ""} ${output(16_384, manifest)})
    (func (export "register") (result i32)
      ${plugin.inRegister ?? ""} ${output(32_768, registration)})
    (func (export "invoke_ai_example_wat_f") (result i32) ${plugin.body})
    ${plugin.fields ?? ""})`;
  return assembleWat(wat, { exceptions: true, newest: plugin.newest ?? false });
}

/** Loads such a plugin; its function, whose status can tell what the guest saw. */
export async function loadWat(
  plugin: WatPlugin,
  options: LoadOptions = {},
  loaderOptions: LoaderOptions = {},
) {
  const loaded = await new ExtismLoader(loaderOptions).load(await watPlugin(plugin), options);
  const [scalar] = loaded.scalars;
  if (scalar === undefined) throw new Error("the plugin registers one function");
  return { plugin: loaded, scalar };
}
