/**
 * Loads Extism plugins through the official SDK, `@extism/extism` 2.0.0-rc13: asynchronous calls
 * only, on the caller's thread.
 *
 * @packageDocumentation
 */

export { ExtismError } from "../extism-error.ts";
export { ExtismSdkLoader } from "./extism-sdk-loader.ts";
