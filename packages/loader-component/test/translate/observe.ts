import type { Worker } from "node:worker_threads";
import { onTestFinished, vi } from "vitest";

/** What the process was told about a cache. */
export interface CacheWarning {
  readonly message: string;
  readonly detail: string | undefined;
}

/** What loads do besides their answers, from now to the end of the test. */
export interface Observed {
  /** The threads that were started: a component that is validated takes one, inline guests none. */
  readonly threads: readonly Worker[];
  readonly warnings: readonly CacheWarning[];
}

export function observe(): Observed {
  const threads: Worker[] = [];
  const warnings: CacheWarning[] = [];
  const onWorker = (worker: Worker) => void threads.push(worker);
  process.on("worker", onWorker);
  const spy = vi.spyOn(process, "emitWarning").mockImplementation((warning, options) => {
    // Of the overloads the loader calls this one.
    const { type, detail } = options as { type?: string; detail?: string };
    if (type === "UniCacheWarning") warnings.push({ message: String(warning), detail });
    else throw new Error(`an unexpected warning: ${String(warning)}`);
  });
  onTestFinished(() => {
    process.off("worker", onWorker);
    spy.mockRestore();
  });
  return { threads, warnings };
}
