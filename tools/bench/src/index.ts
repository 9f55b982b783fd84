/** One thing to measure; it gives how much came back, so that a case that does nothing is noticed. */
export interface Case {
  readonly name: string;
  readonly expected: number;
  run(): number | undefined | Promise<number | undefined>;
}

export interface Turns {
  readonly rounds: number;
  readonly callsPerRound: number;
  readonly warmUpRounds: number;
}

/**
 * Measures the cases and prints their medians, and what they are to the first one, the floor. They
 * take turns, so that a busy machine slows all of them.
 *
 * @throws Error where a case gives back something else than it should.
 */
export async function takeTurns(
  title: string,
  cases: readonly Case[],
  { rounds, callsPerRound, warmUpRounds }: Turns,
): Promise<void> {
  const samples = cases.map((): number[] => []);
  for (let round = -warmUpRounds; round < rounds; round++) {
    for (const [at, { name, expected, run }] of cases.entries()) {
      for (let i = 0; i < callsPerRound; i++) {
        const start = performance.now();
        const came = await run();
        const ms = performance.now() - start;
        if (came !== expected) throw new Error(`${name}: expected ${expected} back, got ${came}`);
        if (round >= 0) samples[at]?.push(ms);
      }
    }
  }
  const medians = samples.map((ms) => ms.sort((a, b) => a - b)[ms.length >> 1] ?? Number.NaN);
  const [floor = Number.NaN] = medians;
  console.log(`${title}, medians of ${rounds * callsPerRound}`);
  for (const [at, { name }] of cases.entries()) {
    const ms = medians[at] ?? Number.NaN;
    const ratio = (ms / floor).toFixed(1).padStart(6);
    console.log(`${name.padEnd(50)}${(ms * 1000).toFixed(0).padStart(7)} µs ${ratio} x`);
  }
}
