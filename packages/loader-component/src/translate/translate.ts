import { Worker } from "node:worker_threads";
import { ComponentError } from "../component-error.ts";

/** What a translating thread starts with. */
export interface TranslateRequest {
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** Stands in the artifact. */
  readonly key: string;
}

/** What it answers, once. */
export type TranslateAnswer =
  | { readonly kind: "artifact"; readonly bytes: Uint8Array<ArrayBuffer> }
  | { readonly kind: "refused"; readonly message: string };

// Compiled, the sibling is JavaScript; in this repository's tests it is its source.
const extension = import.meta.url.endsWith(".ts") ? "ts" : "js";
const WORKER = new URL(`./translate-worker.${extension}`, import.meta.url);

/**
 * Validates a component and takes it apart, on a thread that is ended in any case.
 *
 * @throws ComponentError `INVALID_PLUGIN` for a component that is not valid, or that breaks the
 * validator; `TIMEOUT` where that takes longer than `timeoutMs`.
 */
export async function translate(
  request: TranslateRequest,
  timeoutMs: number,
): Promise<Uint8Array<ArrayBuffer>> {
  const worker = new Worker(WORKER, {
    workerData: request,
    // The validator has the host's environment otherwise, and prints when it panics.
    env: {},
    argv: [],
    stdout: true,
    stderr: true,
    // Definitions are objects here; beyond this the thread ends, and the process does not.
    resourceLimits: { maxOldGenerationSizeMb: 512 },
  });
  try {
    const answer = await answerOf(worker, timeoutMs);
    if (answer.kind === "artifact") return answer.bytes;
    throw new ComponentError("INVALID_PLUGIN", answer.message);
  } finally {
    await worker.terminate();
  }
}

function answerOf(worker: Worker, timeoutMs: number): Promise<TranslateAnswer> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      const message = `the component was not validated within ${timeoutMs} ms`;
      reject(new ComponentError("TIMEOUT", message));
    }, timeoutMs);
    worker.once("message", resolve);
    worker.once("error", (cause) => reject(broken(cause)));
    worker.once("exit", (code) => reject(broken(new Error(`the thread exited with ${code}`))));
    worker.once("exit", () => clearTimeout(timer));
  });
}

function broken(cause: unknown): ComponentError {
  const reason = cause instanceof Error ? cause.message : String(cause);
  const message = `the component broke its validator: ${reason}`;
  return new ComponentError("INVALID_PLUGIN", message, { cause });
}
