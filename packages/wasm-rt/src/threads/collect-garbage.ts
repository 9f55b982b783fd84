import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";

let collect: (() => void) | undefined;

/**
 * Frees what is unreachable on this thread. The engine collects while it allocates: on a thread that
 * sleeps it never does, and the memories of guests that ended would stay as long as the thread does.
 */
export function collectGarbage(): void {
  collect ??= globalThis.gc ?? collectorOfNewContext();
  collect();
}

/** A worker cannot be started with the flag, and Node.js has no other way to the collector. */
function collectorOfNewContext(): () => void {
  setFlagsFromString("--expose-gc");
  try {
    // What the flag puts into a context.
    return runInNewContext("gc") as () => void;
  } finally {
    setFlagsFromString("--no-expose-gc");
  }
}
