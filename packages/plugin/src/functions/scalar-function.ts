import type { RecordBatch, Vector } from "apache-arrow";
import type { QName } from "../qname.ts";
import type { FunctionSignature } from "../registration/function-signature.ts";
import type { CallOptions } from "./call-options.ts";

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
