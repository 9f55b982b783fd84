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
  /**
   * Opens a session: one fresh guest for all of its calls. Absent where the function cannot; a host's
   * own TypeScript functions need not offer it.
   */
  openSession?(): ScalarSession;
}

/**
 * Calls of one scalar function that share one fresh guest: what a call leaves in the guest's memory,
 * the next call finds. Never share one between unrelated pieces of work.
 *
 * The guest is taken at the first call and held until disposal, which has to happen: a session that is
 * merely forgotten keeps its guest until its plugin is closed. Calls run one after the other, in their
 * order; `invokeSync` throws `BUSY` while another one is under way. A call that fails once its guest
 * has begun ends the session, and so does whatever ends the guest: further calls throw `CLOSED`.
 *
 * Disposal refuses further calls, and those that have not started. One that is under way finishes,
 * within its own deadline, and takes its guest with it.
 *
 * @example
 * ```ts
 * using session = haversine.openSession();
 * for (const chunk of chunks) distances.push(await session.invoke(chunk));
 * ```
 */
export interface ScalarSession extends Disposable {
  /** As `ScalarFunction.invoke`. */
  invoke(args: RecordBatch, options?: CallOptions): Promise<Vector>;
  /** As `ScalarFunction.invokeSync`. */
  invokeSync(args: RecordBatch, options?: CallOptions): Vector;
}
