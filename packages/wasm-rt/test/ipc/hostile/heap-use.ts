import { getHeapStatistics } from "node:v8";

const RUNS = 3;

/**
 * Does something, and says how many bytes that added to what is in use on the heap and outside of it.
 * A collection can hide an allocation. What the engine compiles meanwhile is in the heap too, but not
 * time after time: where it is more than expected, it is done up to twice more.
 */
export function allocatedBy<T>(
  run: () => T,
  expected: number,
): { readonly result: T; readonly bytes: number } {
  for (let i = 1; ; i++) {
    const before = bytesInUse();
    const result = run();
    const bytes = bytesInUse() - before;
    if (bytes <= expected || i === RUNS) return { result, bytes };
  }
}

function bytesInUse(): number {
  const { used_heap_size, external_memory } = getHeapStatistics();
  return used_heap_size + external_memory;
}
