import type { PluginManifest } from "@uni/plugin";

/** What one call of a plugin may use. */
export interface PluginLimits {
  /** Longest a call may take, in milliseconds. */
  readonly timeoutMs: number;
}

export const DEFAULT_PLUGIN_LIMITS: PluginLimits = Object.freeze({ timeoutMs: 30_000 });

// setTimeout and node:vm count milliseconds in an i32.
const MAX_TIMEOUT_MS = 2 ** 31 - 1;

/**
 * The host's ceiling: the first of `given` that names a limit decides it.
 *
 * @throws TypeError for an unknown limit, or one that is not a positive integer.
 */
export function limitCeiling(
  ...given: readonly (Partial<PluginLimits> | undefined)[]
): PluginLimits {
  const ceiling = { ...DEFAULT_PLUGIN_LIMITS };
  for (const limits of given.toReversed()) {
    for (const [name, value] of Object.entries(limits ?? {})) {
      if (name !== "timeoutMs") {
        throw new TypeError(`unknown limit "${name}"; known: timeoutMs`);
      }
      if (value !== undefined) ceiling[name] = checkTimeout(value);
    }
  }
  return Object.freeze(ceiling);
}

/** What a manifest declares can only tighten the ceiling. */
export function tightenLimits(ceiling: PluginLimits, manifest: PluginManifest): PluginLimits {
  return Object.freeze({
    timeoutMs: Math.min(ceiling.timeoutMs, manifest.timeoutMs ?? Number.POSITIVE_INFINITY),
  });
}

/** @throws TypeError where `timeoutMs` is not a positive integer that a timer takes. */
export function checkTimeout(timeoutMs: number): number {
  if (Number.isInteger(timeoutMs) && timeoutMs > 0 && timeoutMs <= MAX_TIMEOUT_MS) return timeoutMs;
  throw new TypeError(
    `timeoutMs must be an integer from 1 to ${MAX_TIMEOUT_MS}, got ${String(timeoutMs)}`,
  );
}
