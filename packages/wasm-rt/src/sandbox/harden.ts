import { clampMemories, definedMemories } from "./clamp-memories.ts";
import { HardenError } from "./harden-error.ts";

/** What a module may use once it is hardened. */
export interface HardenLimits {
  /** Linear memory in pages of 64 KiB, summed over the memories of one guest. */
  readonly memoryPages: number;
}

/** A module, and how often one guest instantiates it. */
export interface GuestModuleBytes {
  readonly bytes: Uint8Array;
  readonly instances: number;
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
  const [hardened] = hardenTogether([{ bytes, instances: 1 }], limits);
  // One module goes in, and one comes out.
  return hardened as Uint8Array<ArrayBuffer>;
}

/**
 * Hardens all modules of one guest, so that its memories together stay within the limits. What is left
 * above the minima is shared out evenly.
 *
 * @throws HardenError as {@link harden} does.
 */
export function hardenTogether(
  modules: readonly GuestModuleBytes[],
  { memoryPages }: HardenLimits,
): Uint8Array<ArrayBuffer>[] {
  const limit = BigInt(memoryPages);
  let minima = 0n;
  let memories = 0n;
  for (const { bytes, instances } of modules) {
    const defined = definedMemories(bytes);
    minima += defined.reduce((sum, { min }) => sum + min, 0n) * BigInt(instances);
    memories += BigInt(defined.length * instances);
  }
  if (minima > limit) {
    throw new HardenError(
      "OVER_LIMIT",
      `the module starts with ${minima} pages of memory, and the limit is ${memoryPages}`,
    );
  }
  const room = memories === 0n ? 0n : (limit - minima) / memories;
  return modules.map(({ bytes }) => clampMemories(bytes, room));
}
