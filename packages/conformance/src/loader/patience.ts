import { CheckFailure } from "../check.ts";

/** Long for a machine that does other work too; what does not happen until then does not happen. */
export const PATIENCE_MS = 10_000;

/** Long enough for what should not happen to happen. */
export const MOMENT_MS = 50;

export const pause = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, milliseconds));

/** Waits for what a loader may never do. @throws CheckFailure where it takes too long. */
export async function patiently<T>(what: string, running: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    const failure = new CheckFailure(`expected ${what} within ${PATIENCE_MS / 1000} s`);
    timer = setTimeout(() => reject(failure), PATIENCE_MS);
  });
  try {
    return await Promise.race([running, late]);
  } finally {
    clearTimeout(timer);
  }
}

/** What is asked later; a check that fails before then leaves it behind. */
export function later<T>(running: Promise<T>): Promise<T> {
  running.catch(() => {});
  return running;
}
