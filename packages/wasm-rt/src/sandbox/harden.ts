import { clampMemories } from "./clamp-memories.ts";

/** What a module may use once it is hardened. */
export interface HardenLimits {
  /** Linear memory in pages of 64 KiB, summed over the module's own memories. */
  readonly memoryPages: number;
}

/**
 * Rewrites a core module so that it cannot go beyond `limits`. An engine has no such limit: only what
 * the module itself says bounds it.
 *
 * The engine must have validated `bytes`: rewriting could make a valid module of one that is not.
 *
 * @throws HardenError where the module starts beyond the limits, or uses what cannot be bounded.
 *
 * @example
 * ```ts
 * if (!WebAssembly.validate(bytes)) throw new Error("not a module");
 * const module = await WebAssembly.compile(harden(bytes, { memoryPages: 1024 }));
 * ```
 */
export function harden(bytes: Uint8Array, limits: HardenLimits): Uint8Array<ArrayBuffer> {
  return clampMemories(bytes, BigInt(limits.memoryPages));
}
