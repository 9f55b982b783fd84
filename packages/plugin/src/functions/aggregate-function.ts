import type { RecordBatch } from "apache-arrow";
import type { QName } from "../qname.ts";
import type { AggregateSignature } from "../registration/registration.ts";
import type { CallOptions } from "./call-options.ts";

/** A function that gives one value for many rows. */
export interface AggregateFunction {
  readonly name: QName;
  readonly signature: AggregateSignature;
  /** A new accumulator, which holds nothing but its state: thousands may be open at once. */
  createAccumulator(): Accumulator;
}

/**
 * One group of rows on its way to its value. Steps take effect in the order in which they were
 * called, whether they are awaited or not; one that fails leaves the state as it was.
 */
export interface Accumulator {
  /** Adds rows; columns are the arguments, by position. */
  update(args: RecordBatch, options?: CallOptions): Promise<void>;
  /** As `update`, while this thread waits. */
  updateSync(args: RecordBatch, options?: CallOptions): void;
  /** Adds what other accumulators of this aggregate have seen, by their states. */
  merge(states: readonly Uint8Array[], options?: CallOptions): Promise<void>;
  /** As `merge`, while this thread waits. */
  mergeSync(states: readonly Uint8Array[], options?: CallOptions): void;
  /**
   * The state after the last step that has ended: opaque bytes, for `merge` here or in another
   * process. A copy.
   */
  state(): Uint8Array;
  /** The value of the rows so far; more may follow. */
  evaluate(options?: CallOptions): Promise<unknown>;
  /** As `evaluate`, while this thread waits. */
  evaluateSync(options?: CallOptions): unknown;
}
