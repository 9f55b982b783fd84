/**
 * Does the work for all items in order, two of them at once: more would wait for each other's disk.
 *
 * @throws what the work throws, once nothing is being worked on.
 */
export async function twoAtATime<T>(
  items: readonly T[],
  work: (item: T) => Promise<void>,
): Promise<void> {
  const left = items.values();
  const takeTurns = async () => {
    for (const item of left) await work(item);
  };
  const turns = await Promise.allSettled([takeTurns(), takeTurns()]);
  for (const turn of turns) if (turn.status === "rejected") throw turn.reason;
}
