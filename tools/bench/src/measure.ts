/** What a measure counts. A share has no floor that it could be compared with. */
export type Unit = "ms" | "bytes" | "%";

/** Half of the rounds lie between these. */
export interface Spread {
  readonly low: number;
  readonly high: number;
}

/** What a case is to the first one of its table, round by round: 2 is twice as much. */
export interface FloorRatio extends Spread {
  readonly name: string;
  readonly ratio: number;
}

/** What one case of a table came to. Tables and cases keep their names, or commits cannot be compared. */
export interface Measure {
  readonly table: string;
  readonly name: string;
  readonly unit: Unit;
  readonly median: number;
  readonly spread: Spread;
  /** Samples that it was made of, in all rounds. */
  readonly runs: number;
  /** Null for the floor itself. */
  readonly floor: FloorRatio | null;
}
