import type { Measure, Spread, Unit } from "./measure.ts";
import { quantile } from "./quantile.ts";

/** A case, and what each round of it came to. */
export interface Rounds {
  readonly name: string;
  readonly perRound: readonly number[];
  /** Samples in all rounds. */
  readonly runs: number;
}

/** The measures of a table. The first of its cases is the floor, but for shares, which have none. */
export function measuresOf(table: string, unit: Unit, cases: readonly Rounds[]): Measure[] {
  const [floor] = cases;
  return cases.map((one) => ({
    table,
    name: one.name,
    unit,
    median: quantile(one.perRound, 0.5),
    spread: spreadOf(one.perRound),
    runs: one.runs,
    floor: floor === undefined || one === floor || unit === "%" ? null : ratioTo(floor, one),
  }));
}

/** Of each round, since what slows the machine down for a while slows all cases of a round. */
function ratioTo(floor: Rounds, { perRound }: Rounds) {
  const ratios = perRound.map((value, round) => value / (floor.perRound[round] ?? Number.NaN));
  return { name: floor.name, ratio: quantile(ratios, 0.5), ...spreadOf(ratios) };
}

function spreadOf(values: readonly number[]): Spread {
  return { low: quantile(values, 0.25), high: quantile(values, 0.75) };
}
