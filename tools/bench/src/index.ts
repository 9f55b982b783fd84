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
  /** Calls that one sample takes the time of, for what is too short to be timed alone. Default: 1. */
  readonly callsPerSample?: number;
}

/**
 * The median of each case, in milliseconds for one call. The cases take turns, so that a busy machine
 * slows all of them.
 *
 * @throws Error where a case gives back something else than it should.
 */
export async function measure(
  cases: readonly Case[],
  { rounds, callsPerRound, warmUpRounds, callsPerSample = 1 }: Turns,
): Promise<number[]> {
  const samples = cases.map((): number[] => []);
  for (let round = -warmUpRounds; round < rounds; round++) {
    for (const [at, { name, expected, run }] of cases.entries()) {
      for (let i = 0; i < callsPerRound; i++) {
        const start = performance.now();
        let came: number | undefined;
        for (let call = 0; call < callsPerSample; call++) {
          const result = run();
          // Waiting for what is there already would be part of the time.
          came = result instanceof Promise ? await result : result;
        }
        const ms = (performance.now() - start) / callsPerSample;
        if (came !== expected) throw new Error(`${name}: expected ${expected} back, got ${came}`);
        if (round >= 0) samples[at]?.push(ms);
      }
    }
  }
  return samples.map((ms) => ms.sort((a, b) => a - b)[ms.length >> 1] ?? Number.NaN);
}

/**
 * Measures the cases and prints their medians, and what they are to the first one, the floor.
 *
 * @throws Error where a case gives back something else than it should.
 */
export async function takeTurns(
  title: string,
  cases: readonly Case[],
  turns: Turns,
): Promise<void> {
  const medians = await measure(cases, turns);
  const [floor = Number.NaN] = medians;
  console.log(`${title}, medians of ${turns.rounds * turns.callsPerRound}`);
  for (const [at, { name }] of cases.entries()) {
    const ms = medians[at] ?? Number.NaN;
    const ratio = (ms / floor).toFixed(1).padStart(6);
    console.log(`${name.padEnd(50)}${(ms * 1000).toFixed(0).padStart(7)} µs ${ratio} x`);
  }
}
