/**
 * The errors of the contract alone, for code that is loaded often or on every thread.
 *
 * @packageDocumentation
 */

export { brand } from "./brand.ts";
export { FnError, type FnFailure } from "./fn-error.ts";
export { PluginError, type PluginErrorCode } from "./plugin-error.ts";
export { printable } from "./printable.ts";
export { UniError } from "./uni-error.ts";
