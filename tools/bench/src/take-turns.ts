import { measuresOf, type Rounds } from "./measures-of.ts";
import { quantile } from "./quantile.ts";
import { report } from "./report.ts";

/** One thing to measure; it gives how much came back, so that a case that does nothing is noticed. */
export interface Case {
  readonly name: string;
  readonly expected: number;
  /** Runs before every sample, and takes no part in its time. */
  beforeSample?(): Promise<unknown>;
  run(): number | undefined | Promise<number | undefined>;
}

export interface Turns {
  readonly rounds: number;
  readonly callsPerRound: number;
  readonly warmUpRounds: number;
  /** Calls that one sample takes the time of, for what is too short to be timed alone. Default: 1. */
  readonly callsPerSample?: number;
  /** Whether a second table has what 99 of 100 calls of a round stay under. */
  readonly p99?: boolean;
}

const QUICK = { rounds: 3, callsPerRound: 5, warmUpRounds: 1 };

/**
 * Measures the cases, in milliseconds for one call, and reports a table of them; the first one is the
 * floor. The cases take turns, so that a busy machine slows all of them.
 *
 * @throws Error where a case gives back something else than it should.
 */
export async function takeTurns(
  table: string,
  cases: readonly Case[],
  turns: Turns,
): Promise<void> {
  const samples = await measure(cases, process.env.UNI_BENCH_QUICK === "1" ? quick(turns) : turns);
  const roundsOf = (share: number) =>
    cases.map(({ name }, at): Rounds => {
      const rounds = samples[at] ?? [];
      const perRound = rounds.map((ms) => quantile(ms, share));
      return { name, perRound, runs: rounds.flat().length };
    });
  report(measuresOf(table, "ms", roundsOf(0.5)));
  if (turns.p99 === true) report(measuresOf(`${table}, p99`, "ms", roundsOf(0.99)));
}

function quick(turns: Turns): Turns {
  return {
    ...turns,
    rounds: Math.min(turns.rounds, QUICK.rounds),
    callsPerRound: Math.min(turns.callsPerRound, QUICK.callsPerRound),
    warmUpRounds: Math.min(turns.warmUpRounds, QUICK.warmUpRounds),
  };
}

/** The milliseconds of each sample, by case and round. */
async function measure(
  cases: readonly Case[],
  { rounds, callsPerRound, warmUpRounds, callsPerSample = 1 }: Turns,
): Promise<number[][][]> {
  const samples = cases.map((): number[][] => []);
  for (let round = -warmUpRounds; round < rounds; round++) {
    for (const [at, one] of cases.entries()) {
      const ofRound: number[] = [];
      for (let i = 0; i < callsPerRound; i++) ofRound.push(await sample(one, callsPerSample));
      if (round >= 0) samples[at]?.push(ofRound);
    }
  }
  return samples;
}

async function sample(one: Case, calls: number): Promise<number> {
  await one.beforeSample?.();
  const start = performance.now();
  let came: number | undefined;
  for (let call = 0; call < calls; call++) {
    const result = one.run();
    // Waiting for what is there already would be part of the time.
    came = result instanceof Promise ? await result : result;
  }
  const ms = (performance.now() - start) / calls;
  if (came !== one.expected) {
    throw new Error(`${one.name}: expected ${one.expected} back, got ${came}`);
  }
  return ms;
}
