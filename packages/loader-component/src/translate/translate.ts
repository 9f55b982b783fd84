import type { Worker } from "node:worker_threads";
import type { UnsharedBytes } from "@uni/wasm-rt";
import { siblingModule, startWorker } from "@uni/wasm-rt";
import { ComponentError } from "../component-error.ts";

/** What a translating thread starts with. */
export interface TranslateRequest {
  readonly bytes: UnsharedBytes;
  /** Stands in the artifact. */
  readonly key: string;
}

/** What it answers, once. */
export type TranslateAnswer =
  /** The thread has what it needs; what goes wrong from here on is the component's doing. */
  | { readonly kind: "started" }
  | { readonly kind: "artifact"; readonly bytes: UnsharedBytes }
  | { readonly kind: "refused"; readonly message: string };

const WORKER = siblingModule(import.meta.url, "./translate-worker");

/**
 * Validates a component and takes it apart, on a thread that is ended in any case.
 *
 * @throws ComponentError `INVALID_PLUGIN` for a component that is not valid, or that breaks the
 * validator; `TIMEOUT` where that takes longer than `timeoutMs`; `INTERNAL` where there is no thread.
 */
export async function translate(
  request: TranslateRequest,
  timeoutMs: number,
): Promise<UnsharedBytes> {
  const worker = startThread(request);
  try {
    const answer = await answerOf(worker, timeoutMs);
    if (answer.kind === "artifact") return answer.bytes;
    throw new ComponentError("INVALID_PLUGIN", answer.message);
  } finally {
    await worker.terminate();
  }
}

function startThread(workerData: TranslateRequest): Worker {
  try {
    // Definitions are objects here; the validator prints when it panics.
    return startWorker(WORKER, { workerData, maxHeapMb: 512, quiet: true });
  } catch (cause) {
    throw notStarted(cause);
  }
}

function answerOf(
  worker: Worker,
  timeoutMs: number,
): Promise<Exclude<TranslateAnswer, { kind: "started" }>> {
  return new Promise((resolve, reject) => {
    let fault = notStarted;
    const timer = setTimeout(() => {
      const message = `the component was not validated within ${timeoutMs} ms`;
      reject(new ComponentError("TIMEOUT", message));
    }, timeoutMs);
    worker.on("message", (answer: TranslateAnswer) => {
      if (answer.kind === "started") fault = broken;
      else resolve(answer);
    });
    worker.once("error", (cause) => reject(fault(cause)));
    worker.once("exit", (code) => {
      clearTimeout(timer);
      reject(fault(new Error(`the thread exited with ${code}`)));
    });
  });
}

function notStarted(cause: unknown): ComponentError {
  const message = `the thread that validates components cannot start: ${reasonOf(cause)}`;
  return new ComponentError("INTERNAL", message, { cause });
}

function broken(cause: unknown): ComponentError {
  const message = `the component broke its validator: ${reasonOf(cause)}`;
  return new ComponentError("INVALID_PLUGIN", message, { cause });
}

function reasonOf(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause);
}
