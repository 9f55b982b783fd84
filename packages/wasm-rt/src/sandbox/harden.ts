import { type HardenLimits, requireLimits } from "./harden-limits.ts";
import { requireValid } from "./require-valid.ts";
import { readModule } from "./rewrite/read-module.ts";
import { rewriteModule } from "./rewrite/rewrite-module.ts";
import { clampedMax, shareRoom } from "./rewrite/share-limits.ts";
import type { UnsharedBytes } from "./unshared-bytes.ts";

/** A module, and how often one guest instantiates it. */
export interface GuestModuleBytes {
  readonly bytes: Uint8Array;
  readonly instances: number;
}

/**
 * Rewrites a core module so that it cannot go beyond `limits`, and so that its deadline can be kept.
 * An engine bounds only what the module itself says, and interrupts nothing between two calls.
 *
 * Its start function becomes the export `uni:start`, which `instantiateHardened` calls.
 *
 * @throws HardenError where the module is not valid, starts beyond the limits, or uses what cannot be
 * bounded.
 *
 * @example
 * ```ts
 * const limits = { memoryPages: 1024, tableElements: 100_000, heapBytes: 2 ** 26, fuel: 1e9 };
 * const module = await WebAssembly.compile(harden(bytes, limits));
 * const { exports } = instantiateHardened(module, {});
 * ```
 */
export function harden(bytes: Uint8Array, limits: HardenLimits): UnsharedBytes {
  const [hardened] = hardenTogether([{ bytes, instances: 1 }], limits);
  // One module goes in, and one comes out.
  return hardened as UnsharedBytes;
}

/**
 * Hardens all modules of one guest, so that its memories and its tables together stay within the
 * limits. What is left above the minima is shared out evenly.
 *
 * @throws HardenError as {@link harden} does.
 */
export function hardenTogether(
  modules: readonly GuestModuleBytes[],
  limits: HardenLimits,
): UnsharedBytes[] {
  requireLimits(limits);
  const counted = modules.map(({ bytes, instances }) => {
    const own = unshared(bytes);
    requireValid(own);
    return { shape: readModule(own), instances };
  });
  const rooms = {
    memory: shareRoom("memory", counted, limits),
    table: shareRoom("table", counted, limits),
  };
  return counted.map(({ shape }) =>
    rewriteModule(shape, limits, (size) => clampedMax(size, rooms[size.kind])),
  );
}

/** What another thread could change after the engine has judged it is copied. */
function unshared(bytes: Uint8Array): UnsharedBytes {
  return isUnshared(bytes) ? bytes : new Uint8Array(bytes);
}

function isUnshared(bytes: Uint8Array): bytes is UnsharedBytes {
  return bytes.buffer instanceof ArrayBuffer;
}
