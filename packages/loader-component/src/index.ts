/**
 * Loads WebAssembly components as Arrow functions, with a fresh guest for every call.
 *
 * @packageDocumentation
 */

export { setGuestThreadLimit } from "@uni/wasm-rt";
export { ComponentError } from "./component-error.ts";
export { ComponentLoader, type ComponentLoaderOptions } from "./component-loader.ts";
export type { TranslateOptions } from "./translate/translator.ts";
