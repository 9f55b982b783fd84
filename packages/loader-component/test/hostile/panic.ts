/** What becomes of one call of jco on a component. */
export type Verdict = "accepts" | "refuses" | "panics" | "hangs";

/** A component on which jco's validator panics or hangs. */
export interface Panic {
  readonly name: string;
  /** What in the component does it. */
  readonly cause: string;
  component(): Promise<Uint8Array>;
  readonly componentWit: Verdict;
  readonly transpileBytes: Verdict;
}
