import { UniError } from "@uni/plugin";
import { QuerySession } from "./query-session.ts";
import type { SqlScalar } from "./sql-scalar.ts";

/** The sessions of one attachment: which of them hold a guest, and who has to give way. */
export class QuerySessions implements Disposable {
  readonly #enabled: boolean;
  /** The one that was used last is at the end. */
  readonly #holding = new Set<QuerySession>();

  /** @param enabled whether functions get sessions at all. */
  constructor(enabled: boolean) {
    this.#enabled = enabled;
  }

  /** The session of one run of a query on one of its threads, where the function offers one. */
  open({ openSession }: SqlScalar): QuerySession | undefined {
    return this.#enabled && openSession !== undefined
      ? new QuerySession(openSession, this.#holding)
      : undefined;
  }

  /**
   * Makes a call. Where it finds as many guests live as may be, the session that was idle longest gives
   * its guest back, and the call is made again: its query has mostly ended, and gets another if not.
   */
  makingRoom<T>(call: () => T): T {
    for (;;) {
      try {
        return call();
      } catch (error) {
        const [idle] = this.#holding;
        if (!atCapacity(error) || idle === undefined) throw error;
        idle[Symbol.dispose]();
      }
    }
  }

  [Symbol.dispose](): void {
    for (const session of [...this.#holding]) session[Symbol.dispose]();
  }
}

/** Whether no guest was involved yet: one that used up its memory ends with the same code. */
function atCapacity(error: unknown): boolean {
  return (
    error instanceof UniError &&
    error.code === "RESOURCE_LIMIT" &&
    error.message.startsWith("instance pool at capacity")
  );
}
