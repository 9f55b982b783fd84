import type { RecordBatch, Vector } from "apache-arrow";
import type { QName } from "../qname.ts";
import type { FunctionSignature } from "../registration/function-signature.ts";

/** How one call may end early. */
export interface CallOptions {
  /** Ends the call with `ABORTED`. */
  readonly signal?: AbortSignal;
  /** Longest the call may take, in milliseconds; tightens the plugin's limit, never widens it. */
  readonly timeoutMs?: number;
}

/** A function that gives one value for each row of its arguments. */
export interface ScalarFunction {
  readonly name: QName;
  readonly signature: FunctionSignature;
  /**
   * Calls the function over a batch whose columns are its arguments, by position: as many columns
   * as the signature has (a variadic argument is zero or more), each of the declared type.
   *
   * @returns one value for each row, of the type that the signature declares.
   */
  invoke(args: RecordBatch, options?: CallOptions): Promise<Vector>;
  /** As `invoke`, while the caller waits. */
  invokeSync(args: RecordBatch, options?: CallOptions): Vector;
}
