import { type TransferListItem, Worker } from "node:worker_threads";

/** What a thread of this project starts with. */
export interface StartOptions {
  readonly workerData: unknown;
  readonly transferList?: TransferListItem[];
  /** Beyond it the thread ends, and the process does not. */
  readonly maxHeapMb: number;
  /** Whether what the thread prints is dropped; otherwise the process prints it. */
  readonly quiet?: boolean;
}

/**
 * Starts a thread that has nothing of its host's: no environment, no arguments, no input.
 *
 * @param url a module that was built for threads, or its source in a repository's tests.
 */
export function startWorker(
  url: URL,
  { workerData, transferList, maxHeapMb, quiet = false }: StartOptions,
): Worker {
  return new Worker(url, {
    workerData,
    ...(transferList === undefined ? {} : { transferList }),
    env: {},
    argv: [],
    stdout: quiet,
    stderr: quiet,
    resourceLimits: { maxOldGenerationSizeMb: maxHeapMb },
    // The process's own flags may be for programs alone; sources need those that load them.
    execArgv: url.pathname.endsWith(".ts") ? process.execArgv.filter(loadsSources) : [],
  });
}

function loadsSources(flag: string): boolean {
  return /^--(conditions|import|disable-warning)=/.test(flag);
}
