/** The halves of 64-bit integers, which are read several times faster than a BigInt. */
export function halvesOf(integers: BigInt64Array): Int32Array {
  return new Int32Array(integers.buffer, integers.byteOffset, integers.length * 2);
}

/** An integer of which `halves` has both halves; beyond 2^53 it is inexact, and still beyond. */
export function integerAt(halves: Int32Array, index: number): number {
  // `index` is below the number of integers.
  return (halves[index * 2 + 1] as number) * 2 ** 32 + ((halves[index * 2] as number) >>> 0);
}
