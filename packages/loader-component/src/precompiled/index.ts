/**
 * Loads precompiled components, and needs neither a validator nor a cache for it.
 *
 * @packageDocumentation
 */

export { ComponentError } from "../component-error.ts";
export { PrecompiledLoader } from "./precompiled-loader.ts";
