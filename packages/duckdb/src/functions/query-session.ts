import type { ScalarSession } from "@uni/plugin";

const IDLE_MS = 100;

/**
 * The session of one function in one run of a query, on one of its threads. DuckDB does not say when a
 * query ends, so a session ends once it has been idle for a while: a query that pauses for longer gets
 * another fresh guest, and no other query ever gets this one.
 */
export class QuerySession implements Disposable {
  readonly #open: () => ScalarSession;
  /** Those that hold a guest, the one that was used last at the end. */
  readonly #holding: Set<QuerySession>;
  #session: ScalarSession | undefined;
  #timer: NodeJS.Timeout | undefined;

  /** @param holding the sessions of the attachment that hold a guest; this one keeps itself in it. */
  constructor(open: () => ScalarSession, holding: Set<QuerySession>) {
    this.#open = open;
    this.#holding = holding;
  }

  /** What `use` does with the session; one that fails is over. */
  with<T>(use: (session: ScalarSession) => T): T {
    this.#session ??= this.#open();
    try {
      const result = use(this.#session);
      this.#hold();
      return result;
    } catch (error) {
      this[Symbol.dispose]();
      throw error;
    }
  }

  [Symbol.dispose](): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#holding.delete(this);
    const session = this.#session;
    this.#session = undefined;
    session?.[Symbol.dispose]();
  }

  #hold(): void {
    this.#holding.delete(this);
    this.#holding.add(this);
    if (this.#timer === undefined) {
      this.#timer = setTimeout(() => this[Symbol.dispose](), IDLE_MS).unref();
    } else this.#timer.refresh();
  }
}
