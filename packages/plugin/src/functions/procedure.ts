import type { RecordBatch } from "apache-arrow";
import type { QName } from "../qname.ts";
import type { ProcedureSignature } from "../registration/registration.ts";
import type { CallOptions } from "./call-options.ts";

/** A function that gives a table for one row of arguments. */
export interface Procedure {
  readonly name: QName;
  readonly signature: ProcedureSignature;
  /**
   * Runs the procedure.
   *
   * @param args one row; columns are the arguments, by position.
   * @returns zero or more batches whose columns are `yield0`, `yield1`, … of the declared types.
   */
  invoke(args: RecordBatch, options?: CallOptions): AsyncIterable<RecordBatch>;
  /** As `invoke`, while the caller waits. */
  invokeSync(args: RecordBatch, options?: CallOptions): RecordBatch[];
}
