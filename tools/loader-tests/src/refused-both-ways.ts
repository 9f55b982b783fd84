import { type ScalarFunction, UniError } from "@uni/plugin";
import type { RecordBatch } from "apache-arrow";

/**
 * What a call is refused with, awaited and at once.
 *
 * @throws Error where one of the two succeeds, or fails with anything but a `UniError`.
 */
export async function refusedBothWays(
  scalar: ScalarFunction,
  batch: RecordBatch,
): Promise<readonly [awaited: UniError, thrown: UniError]> {
  const awaited = await scalar.invoke(batch).catch((error: unknown) => error);
  let thrown: unknown;
  try {
    scalar.invokeSync(batch);
  } catch (error) {
    thrown = error;
  }
  if (awaited instanceof UniError && thrown instanceof UniError) return [awaited, thrown];
  throw new Error(`expected a UniError, got ${awaited} and ${thrown}`);
}
