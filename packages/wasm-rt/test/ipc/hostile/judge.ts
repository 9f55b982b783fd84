import { isDeepStrictEqual } from "node:util";
import type { RecordBatch } from "apache-arrow";
import { decodeBatches, IpcError } from "../../../src/index.ts";
import { throughArrowRs } from "../arrow-rs.ts";
import { valuesOf } from "../batches.ts";
import { allocatedBy } from "./heap-use.ts";

/** What became of a stream that a test made. */
export type Verdict =
  | { readonly outcome: "accepted" }
  | { readonly outcome: "refused"; readonly error: IpcError }
  /** Something that must not happen. */
  | { readonly outcome: "wrong"; readonly why: string };

// What a decode may allocate: a few small objects for each message and column, whatever the input,
// and a small multiple of the input.
const FREE_BYTES = 512 * 1024;
const TIMES_INPUT = 16;

/**
 * Decodes a stream and, where it was accepted, reads every value of it and compares all of them with
 * what arrow-rs reads.
 */
export function judge(bytes: Uint8Array): Verdict {
  const expected = FREE_BYTES + TIMES_INPUT * bytes.length;
  let batches: RecordBatch[];
  let allocated: number;
  try {
    ({ result: batches, bytes: allocated } = allocatedBy(() => decodeBatches(bytes), expected));
  } catch (error) {
    if (error instanceof IpcError) return { outcome: "refused", error };
    return { outcome: "wrong", why: `it threw ${error}` };
  }
  if (allocated > expected) {
    return { outcome: "wrong", why: `it allocated ${allocated} bytes for ${bytes.length}` };
  }
  return compare(bytes, batches);
}

function compare(bytes: Uint8Array, batches: readonly RecordBatch[]): Verdict {
  let own: unknown[][];
  try {
    own = columnsOf(batches);
  } catch (error) {
    return { outcome: "wrong", why: `a batch could not be read: ${error}` };
  }
  if (batches.length === 0) return { outcome: "accepted" };
  try {
    const theirs = columnsOf(decodeBatches(throughArrowRs(bytes)));
    if (isDeepStrictEqual(own, theirs)) return { outcome: "accepted" };
    return {
      outcome: "wrong",
      why: `arrow-rs reads ${text(theirs)}, and we read ${text(own)}`,
    };
  } catch (error) {
    return { outcome: "wrong", why: `arrow-rs refuses it: ${error}` };
  }
}

/** Every column as one list of values, whichever batch they are in. */
function columnsOf(batches: readonly RecordBatch[]): unknown[][] {
  const columns = batches[0]?.schema.fields.map((): unknown[] => []) ?? [];
  for (const batch of batches) {
    for (const [i, values] of valuesOf(batch).entries()) columns[i]?.push(...values);
  }
  return columns;
}

function text(values: unknown): string {
  return JSON.stringify(values, (_, v) => (typeof v === "bigint" ? `${v}n` : v)).slice(0, 300);
}
