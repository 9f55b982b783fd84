/**
 * Loads __name__ plugins as Arrow functions, with a fresh guest for every call.
 *
 * @packageDocumentation
 */

export { setGuestThreadLimit } from "@uni/wasm-rt";
export { __Name__Error } from "./__name__-error.ts";
export { __Name__Loader } from "./__name__-loader.ts";
