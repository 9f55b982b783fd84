import type { PluginManifest } from "@uni/plugin";

/** What one call of a plugin may use. */
export interface PluginLimits {
  /** Longest that a guest may run for one call, in milliseconds. */
  readonly timeoutMs: number;
  /** Linear memory of one guest, in pages of 64 KiB, summed over its memories. */
  readonly memoryPages: number;
  /** Elements of one guest's tables, summed over them. */
  readonly tableElements: number;
  /** Instructions of one call, as the sandbox counts them; without it they are not counted. */
  readonly fuelPerCall?: number | undefined;
  /** How many calls may wait for a guest; a call over it fails at once. */
  readonly queuedCalls: number;
  /** Longest that a call waits for its guest to start, in milliseconds. */
  readonly queueTimeoutMs: number;
}

/** 30 s a call, 1 GiB of memory, 1,048,576 elements in tables, 1024 calls that wait, up to 30 s. */
export const DEFAULT_PLUGIN_LIMITS: PluginLimits = Object.freeze({
  timeoutMs: 30_000,
  memoryPages: 16_384,
  tableElements: 2 ** 20,
  queuedCalls: 1024,
  queueTimeoutMs: 30_000,
});

const LARGEST: Required<Record<keyof PluginLimits, number>> = {
  // setTimeout and node:vm count milliseconds in an i32.
  timeoutMs: 2 ** 31 - 1,
  // WebAssembly core specification, "Limits": a 32-bit memory has at most 65536 pages.
  memoryPages: 65_536,
  // WebAssembly JavaScript Interface, "Implementation-defined Limits": 10,000,000 for one table.
  tableElements: 10_000_000,
  fuelPerCall: Number.MAX_SAFE_INTEGER,
  queuedCalls: 2 ** 20,
  queueTimeoutMs: 2 ** 31 - 1,
};

/**
 * The host's ceiling: the first of `given` that names a limit decides it.
 *
 * @throws TypeError for an unknown limit, or one that is not a positive integer in its range.
 */
export function limitCeiling(
  ...given: readonly (Partial<PluginLimits> | undefined)[]
): PluginLimits {
  const ceiling: { -readonly [L in keyof PluginLimits]: PluginLimits[L] } = {
    ...DEFAULT_PLUGIN_LIMITS,
  };
  for (const limits of given.toReversed()) {
    for (const [name, value] of Object.entries(limits ?? {})) {
      if (!isLimit(name)) {
        const known = Object.keys(LARGEST).join(", ");
        throw new TypeError(`unknown limit "${name}"; known: ${known}`);
      }
      if (value !== undefined) ceiling[name] = checkLimit(name, value);
    }
  }
  return Object.freeze(ceiling);
}

/** What a manifest declares can only tighten the ceiling. */
export function tightenLimits(ceiling: PluginLimits, manifest: PluginManifest): PluginLimits {
  const fuelPerCall = tighter(ceiling.fuelPerCall, manifest.fuelPerCall);
  return Object.freeze({
    ...ceiling,
    timeoutMs: tighter(ceiling.timeoutMs, manifest.timeoutMs),
    memoryPages: tighter(ceiling.memoryPages, manifest.memoryMaxPages),
    ...(fuelPerCall === undefined ? {} : { fuelPerCall }),
  });
}

function tighter<L extends number | undefined>(
  ceiling: L,
  declared: number | undefined,
): L | number {
  if (ceiling === undefined || declared === undefined) return declared ?? ceiling;
  return Math.min(ceiling, declared);
}

/** @throws TypeError where `value` is not a positive integer in the limit's range. */
export function checkLimit(name: keyof PluginLimits, value: number): number {
  if (Number.isInteger(value) && value > 0 && value <= LARGEST[name]) return value;
  throw new TypeError(
    `${name} must be an integer from 1 to ${LARGEST[name]}, got ${String(value)}`,
  );
}

function isLimit(name: string): name is keyof PluginLimits {
  return Object.hasOwn(LARGEST, name);
}
