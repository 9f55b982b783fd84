/**
 * The command `uni-wasm`, for programs that do not want a process of their own for it.
 *
 * @packageDocumentation
 */

export { run } from "./run.ts";
export type { Streams } from "./terminal/terminal.ts";
