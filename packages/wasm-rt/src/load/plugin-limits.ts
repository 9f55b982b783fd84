import type { PluginManifest } from "@uni/plugin";

/** What one call of a plugin may use. */
export interface PluginLimits {
  /** Longest a call may take, in milliseconds. */
  readonly timeoutMs: number;
  /** Linear memory of one guest, in pages of 64 KiB, summed over its memories. */
  readonly memoryPages: number;
}

/** 30 s a call, 1 GiB of memory. */
export const DEFAULT_PLUGIN_LIMITS: PluginLimits = Object.freeze({
  timeoutMs: 30_000,
  memoryPages: 16_384,
});

const LARGEST: PluginLimits = {
  // setTimeout and node:vm count milliseconds in an i32.
  timeoutMs: 2 ** 31 - 1,
  // WebAssembly core specification, "Limits": a 32-bit memory has at most 65536 pages.
  memoryPages: 65_536,
};

/**
 * The host's ceiling: the first of `given` that names a limit decides it.
 *
 * @throws TypeError for an unknown limit, or one that is not a positive integer in its range.
 */
export function limitCeiling(
  ...given: readonly (Partial<PluginLimits> | undefined)[]
): PluginLimits {
  const ceiling = { ...DEFAULT_PLUGIN_LIMITS };
  for (const limits of given.toReversed()) {
    for (const [name, value] of Object.entries(limits ?? {})) {
      if (!isLimit(name)) {
        const known = Object.keys(DEFAULT_PLUGIN_LIMITS).join(", ");
        throw new TypeError(`unknown limit "${name}"; known: ${known}`);
      }
      if (value !== undefined) ceiling[name] = checkLimit(name, value);
    }
  }
  return Object.freeze(ceiling);
}

/** What a manifest declares can only tighten the ceiling. */
export function tightenLimits(ceiling: PluginLimits, manifest: PluginManifest): PluginLimits {
  return Object.freeze({
    timeoutMs: Math.min(ceiling.timeoutMs, manifest.timeoutMs ?? Number.POSITIVE_INFINITY),
    memoryPages: Math.min(ceiling.memoryPages, manifest.memoryMaxPages ?? Number.POSITIVE_INFINITY),
  });
}

/** @throws TypeError where `value` is not a positive integer in the limit's range. */
export function checkLimit(name: keyof PluginLimits, value: number): number {
  if (Number.isInteger(value) && value > 0 && value <= LARGEST[name]) return value;
  throw new TypeError(
    `${name} must be an integer from 1 to ${LARGEST[name]}, got ${String(value)}`,
  );
}

function isLimit(name: string): name is keyof PluginLimits {
  return Object.hasOwn(DEFAULT_PLUGIN_LIMITS, name);
}
