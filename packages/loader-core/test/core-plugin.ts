import { assembleWat, watName } from "@uni/fixtures";
import { FLOAT64, registrationOf } from "@uni/loader-tests";
import type { LoaderOptions, LoadOptions } from "@uni/wasm-rt";
import { CoreLoader } from "../src/index.ts";

const MANIFEST_AT = 16_384;
const REGISTRATION_AT = 32_768;

/** A plugin `ai.example.canned` whose function `f`, of one double, is written in WebAssembly text. */
export interface CorePlugin {
  readonly imports?: string;
  /** The export of `f`: its locals 0 and 1 are the pointer and the length, and it leaves an i64. */
  readonly body?: string;
  /** What `f` leaves in fact; an i64 unless said. */
  readonly result?: string;
  readonly fields?: string;
  /** The exports `memory`, `alloc` and `dealloc`. */
  readonly exports?: string;
}

const EXPORTS = `(memory (export "memory") 1)
  (func (export "alloc") (param i32) (result i32) (i32.const 49152))
  (func (export "dealloc") (param i32 i32))`;

/** A pointer and a length in an i64. */
export const packed = (at: number, length: number): string =>
  `(i64.or (i64.shl (i64.const ${at}) (i64.const 32)) (i64.const ${length}))`;

/** Such a plugin; its documents have a status of 0 in front. */
function corePlugin(plugin: CorePlugin) {
  const { imports = "", body, result = "i64", fields = "", exports = EXPORTS } = plugin;
  const manifest = { id: "ai.example.canned", version: "1.0.0", capabilities: ["scalar-fn"] };
  const document = (name: string, at: number, text: string) => `
    (data (i32.const ${at + 4}) ${watName(text)})
    (func (export "${name}") (param i32 i32) (result i64) ${packed(at, text.length + 4)})`;
  return assembleWat(`(module
    ${imports}
    ${exports}
    ${document("manifest", MANIFEST_AT, JSON.stringify(manifest))}
    ${document("register", REGISTRATION_AT, registrationOf({ args: [FLOAT64], returns: FLOAT64 }))}
    (func (export "invoke_ai_example_canned_f") (param i32 i32) (result ${result})
      ${body ?? packed(0, 4)})
    ${fields})`);
}

/** Loads such a plugin; its function. */
export async function loadCore(
  plugin: CorePlugin,
  options: LoadOptions = {},
  loaderOptions: LoaderOptions = {},
) {
  const loader = new CoreLoader({ isolation: "inline", ...loaderOptions });
  const loaded = await loader.load(await corePlugin(plugin), options);
  const [scalar] = loaded.scalars;
  if (scalar === undefined) throw new Error("the plugin registers one function");
  return { plugin: loaded, scalar };
}
