/** What a module may use once it is hardened. */
export interface HardenLimits {
  /** Linear memory in pages of 64 KiB, summed over the memories of one guest. */
  readonly memoryPages: number;
  /** Elements of tables, summed over the tables of one guest. */
  readonly tableElements: number;
  /**
   * Bytes that one instance may allocate on the engine's own heap in all its life: structs, arrays
   * and exceptions. What the engine frees again counts too.
   */
  readonly heapBytes: number;
  /** Instructions that one instance may execute. Without it nothing is metered. */
  readonly fuel?: number | undefined;
}

/** @throws TypeError for a limit that is no integer from 0 to `Number.MAX_SAFE_INTEGER`. */
export function requireLimits(limits: HardenLimits): void {
  const { memoryPages, tableElements, heapBytes, fuel } = limits;
  for (const [name, value] of Object.entries({ memoryPages, tableElements, heapBytes, fuel })) {
    if (name === "fuel" && value === undefined) continue;
    if (Number.isSafeInteger(value) && Number(value) >= 0) continue;
    throw new TypeError(
      `${name} must be an integer from 0 to ${Number.MAX_SAFE_INTEGER}, got ${String(value)}`,
    );
  }
}
