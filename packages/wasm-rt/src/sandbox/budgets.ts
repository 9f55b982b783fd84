/** What hardening exports from a module, next to the module's own exports. */
export const RESERVED_EXPORTS = {
  /** What was the module's start function. Instantiating does not run it. */
  start: "uni:start",
  /** What is left of the fuel, a global of type i64. */
  fuel: "uni:fuel",
  /** What is left of the bytes that may be allocated on the engine's heap, a global of type i64. */
  heap: "uni:heap",
} as const;

/** The fuel that an instance has left; none where it is not metered. Below zero it has trapped. */
export function fuelLeft(exports: WebAssembly.Exports): bigint | undefined {
  return left(exports, RESERVED_EXPORTS.fuel);
}

/**
 * Gives an instance that is metered so much fuel for its next call. What it may allocate on the engine's
 * heap is for its whole life, as what it has allocated is there as long.
 */
export function refuel(exports: WebAssembly.Exports, fuel: bigint): void {
  const global = budget(exports, RESERVED_EXPORTS.fuel);
  if (global !== undefined) global.value = fuel;
}

/** Why an instance trapped, where one of its budgets is used up. */
export function exhausted(exports: WebAssembly.Exports): "fuel" | "heap" | undefined {
  if ((fuelLeft(exports) ?? 0n) < 0n) return "fuel";
  return (left(exports, RESERVED_EXPORTS.heap) ?? 0n) < 0n ? "heap" : undefined;
}

function left(exports: WebAssembly.Exports, name: string): bigint | undefined {
  return budget(exports, name)?.value;
}

function budget(exports: WebAssembly.Exports, name: string): WebAssembly.Global<"i64"> | undefined {
  const exported = exports[name];
  // No module has an export of a reserved name but the global of type i64 that hardening added.
  return exported instanceof WebAssembly.Global
    ? (exported as WebAssembly.Global<"i64">)
    : undefined;
}
