import type { RecordBatch } from "apache-arrow";

/** One call of a function. */
export interface Trial {
  /** What it is called with, in messages. */
  readonly about: string;
  /** Undefined for an aggregate that sees nothing. */
  readonly batch: RecordBatch | undefined;
  /** Why refusing is wrong: that of a call, or only that of an aggregate to take the rows. */
  readonly must?: { readonly take: "answer" | "rows"; readonly since: string };
}

/** The calls that one check is about. */
export interface Case {
  /** Such as `rows-1`. */
  readonly name: string;
  /** The behaviour, as a sentence without its subject. */
  readonly title: string;
  /** Makes the batches, the same ones every time. */
  trials(): Trial[];
}
