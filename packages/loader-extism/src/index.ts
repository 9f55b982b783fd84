/**
 * Loads Extism plugins as Arrow functions, with a fresh guest for every call.
 *
 * @packageDocumentation
 */

export { setGuestThreadLimit } from "@uni/wasm-rt";
export { ExtismError } from "./extism-error.ts";
export { ExtismLoader } from "./extism-loader.ts";
