/**
 * Loads core plugins as Arrow functions, with a fresh guest for every call.
 *
 * @packageDocumentation
 */

export { setGuestThreadLimit } from "@uni/wasm-rt";
export { CoreError } from "./core-error.ts";
export { CoreLoader } from "./core-loader.ts";
