// Waking a thread that sleeps takes about as long as this.
const SPIN_MS = 0.05;

/**
 * Sleeps until a word of a control block is not `seen` any more, or the time is over.
 *
 * @param spin whether to look for a moment before sleeping, where the change is expected at once.
 */
export function awaitControl(
  control: Int32Array,
  word: number,
  seen: number,
  spin: boolean,
  timeoutMs: number = Number.POSITIVE_INFINITY,
): void {
  if (spin) {
    const until = performance.now() + SPIN_MS;
    while (performance.now() < until) if (Atomics.load(control, word) !== seen) return;
  }
  Atomics.wait(control, word, seen, timeoutMs);
}
