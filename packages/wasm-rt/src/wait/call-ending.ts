/** Why a call ends before it is done. */
export type EndReason = "timeout" | "aborted" | "closed";

/** How long a call may take, in milliseconds, and who else can end it. */
export interface CallBounds {
  /** Until its guest starts. */
  readonly waitMs: number;
  /** From then on. */
  readonly runMs: number;
  /** In all; without it the two above count alone. */
  readonly totalMs?: number | undefined;
  /** When that began, on the clock of `performance.now()`; by default now. */
  readonly since?: number | undefined;
  readonly signal?: AbortSignal | undefined;
}

/**
 * When and why one call ends before it is done, through all of its stages. It waits until it begins;
 * at any time one stage at most is told of the end.
 */
export class CallEnding implements Disposable {
  readonly #bounds: CallBounds;
  /** When the call was let in, on the clock of `performance.now()`. */
  readonly createdAt: number = performance.now();
  #expiresAt: number;
  #begunAt: number | undefined;
  #timer: NodeJS.Timeout | undefined;
  #listening = false;
  #stage: (() => void) | undefined;
  #reason: EndReason | undefined;

  constructor(bounds: CallBounds) {
    this.#bounds = bounds;
    this.#expiresAt = this.#expiry(this.createdAt, bounds.waitMs);
  }

  /** Whether its guest has started. */
  get begun(): boolean {
    return this.#begunAt !== undefined;
  }

  /** When its guest has started. */
  get begunAt(): number | undefined {
    return this.#begunAt;
  }

  /** What the caller, or the plugin's limit, allows for what the call is doing now. */
  get allowedMs(): number {
    const { waitMs, runMs, totalMs = Number.POSITIVE_INFINITY } = this.#bounds;
    return Math.min(totalMs, this.begun ? runMs : waitMs);
  }

  /** Whole milliseconds that are left of it, at least 0. */
  get remainingMs(): number {
    return Math.max(0, Math.ceil(this.#expiresAt - performance.now()));
  }

  /** Why the call is over, if it is: also where no timer could fire, on a thread that was busy. */
  get reason(): EndReason | undefined {
    if (this.#bounds.signal?.aborted) this.#reason ??= "aborted";
    if (performance.now() >= this.#expiresAt) this.#reason ??= "timeout";
    return this.#reason;
  }

  /** What the caller's signal says that its reason is. */
  get abortReason(): unknown {
    return this.#bounds.signal?.reason;
  }

  /** The guest starts now. */
  begin(): void {
    if (this.#begunAt !== undefined) return;
    this.#begunAt = performance.now();
    this.#expiresAt = this.#expiry(this.#begunAt, this.#bounds.runMs);
    if (this.#listening) this.#startTimer();
  }

  /**
   * Enters a stage of the call; the one before it is over.
   *
   * @param ended is called once, when the call ends during this stage; at once if it has ended.
   */
  enter(ended: () => void): void {
    this.#listen();
    this.#stage = ended;
    if (this.reason !== undefined) this.#tell();
  }

  /** Leaves the stage. */
  leave(): void {
    this.#stage = undefined;
  }

  /** Ends the call, unless it has ended. */
  end(reason: EndReason): void {
    this.#reason ??= reason;
    this.#tell();
  }

  /** Lets go of the timer and of the caller's signal. */
  [Symbol.dispose](): void {
    this.#stage = undefined;
    clearTimeout(this.#timer);
    if (this.#listening) this.#bounds.signal?.removeEventListener("abort", this.#aborted);
  }

  readonly #aborted = (): void => this.end("aborted");

  #expiry(from: number, allowedMs: number): number {
    const { totalMs = Number.POSITIVE_INFINITY, since = this.createdAt } = this.#bounds;
    return Math.min(from + allowedMs, since + totalMs);
  }

  /** A call that never waits for anything needs neither timer nor listener. */
  #listen(): void {
    if (this.#listening) return;
    this.#listening = true;
    this.#startTimer();
    this.#bounds.signal?.addEventListener("abort", this.#aborted);
  }

  #startTimer(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.end("timeout"), this.remainingMs);
  }

  #tell(): void {
    const ended = this.#stage;
    this.#stage = undefined;
    ended?.();
  }
}
