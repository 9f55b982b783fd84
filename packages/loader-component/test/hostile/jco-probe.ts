import { Worker } from "node:worker_threads";
import type { Verdict } from "./panic.ts";

export type Api = "componentWit" | "transpileBytes";
export interface ProbeData {
  readonly bytes: Uint8Array;
  readonly api: Api;
}
export interface ProbeReport {
  readonly verdict: Exclude<Verdict, "hangs">;
  /** Whether the same call works on a sound component afterwards, in the same thread. */
  readonly usableAfter: boolean;
}

/** Calls jco once in a worker that is thrown away, for at most `limitMs`. */
export async function probe(
  api: Api,
  bytes: Uint8Array,
  limitMs: number,
): Promise<ProbeReport | { readonly verdict: "hangs" }> {
  const workerData: ProbeData = { bytes, api };
  // jco prints its panic and its backtrace to standard error.
  const worker = new Worker(new URL("./jco-probe-worker.ts", import.meta.url), {
    workerData,
    stderr: true,
  });
  try {
    return await new Promise((resolve, reject) => {
      worker.once("message", resolve).once("error", reject);
      setTimeout(resolve, limitMs, { verdict: "hangs" }).unref();
    });
  } finally {
    await worker.terminate();
  }
}
