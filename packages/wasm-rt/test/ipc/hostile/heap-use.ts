import { getHeapStatistics } from "node:v8";

/**
 * Bytes in use, on the heap and outside of it. A collection between two readings can hide an
 * allocation, and never invent one.
 */
export function bytesInUse(): number {
  const { used_heap_size, external_memory } = getHeapStatistics();
  return used_heap_size + external_memory;
}
