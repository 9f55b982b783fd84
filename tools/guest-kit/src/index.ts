/**
 * Builds plugins in AssemblyScript, for any ABI: one entry, one library by the names `uni/…`, and the
 * ABI's own part of it, `uni/abi`.
 *
 * @module
 */
export { type ComponentAbiOptions, componentAbi } from "./abis/component.ts";
export { componentOf } from "./abis/component-of.ts";
export { contractWit } from "./abis/contract-wit.ts";
export { extismAbi } from "./abis/extism.ts";
export { buildGuest, type GuestBuild } from "./build-guest.ts";
export type { Binaryen, GuestAbi, ModulePass } from "./guest-abi.ts";
export { type WrapExportsOptions, wrapExports } from "./passes/wrap-exports.ts";
export { writeWhole } from "./write-whole.ts";
