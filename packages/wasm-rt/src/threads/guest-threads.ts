import { availableParallelism } from "node:os";
import type { CallEnding } from "../wait/call-ending.ts";
import { WaitingQueue } from "../wait/waiting-queue.ts";
import { GuestThread, ThreadDied, type ThreadHome } from "./guest-thread.ts";
import { IdleThreads } from "./idle-threads.ts";
import type { ToThread } from "./protocol.ts";

/** Threads that wait for asynchronous host functions come on top of the limit, up to so many of it. */
const MOST_PER_LIMIT = 8;
/** A thread that has not started after so long never will. */
const START_MS = 20_000;

/**
 * The guest threads of this process, for the plugins of all loaders. One call runs on a thread at a
 * time, so that ending it harms no other. Threads are started on demand, up to a limit, and kept as
 * long as there is a plugin that uses them.
 */
export class GuestThreads implements ThreadHome {
  #limit = availableParallelism();
  #users = 0;
  /** Threads that can be used, or soon. */
  readonly #alive = new Set<GuestThread>();
  /** With the timer that gives them up. */
  readonly #starting = new Map<GuestThread, NodeJS.Timeout>();
  readonly #idle = new IdleThreads();
  /**
   * For callers that wait synchronously, while nothing comes free. There is one such caller at a time,
   * so its thread is one above the limit, and other calls never get it.
   */
  #reserve: GuestThread | undefined;
  /** Threads of which something may still run. */
  readonly #present = new Set<GuestThread>();
  readonly #waiting = new WaitingQueue<GuestThread>();
  /** Plugins that wait for the first thread. */
  readonly #entering: {
    readonly resolve: () => void;
    readonly reject: (error: ThreadDied) => void;
  }[] = [];
  /** Threads whose guest waits for an asynchronous host function, and which need no core. */
  #paused = 0;

  /** @throws TypeError unless `limit` is a positive integer. */
  setLimit(limit: number): void {
    if (!Number.isSafeInteger(limit) || limit < 1) {
      throw new TypeError(
        `the limit of guest threads must be a positive integer, got ${String(limit)}`,
      );
    }
    this.#limit = limit;
    for (const surplus of this.#idle.all.filter(({ residents }) => residents === 0)) {
      if (this.#computing > limit) void this.end(surplus);
    }
    this.#startMissing();
  }

  /** Keeps threads for one more plugin, and starts none before it is needed. */
  join(): void {
    this.#users += 1;
  }

  /**
   * Keeps threads for one more plugin; resolves when there is one.
   *
   * @throws ThreadDied where it cannot start.
   */
  async enter(): Promise<void> {
    this.join();
    if (this.#alive.size > this.#starting.size) return;
    try {
      await new Promise<void>((resolve, reject) => {
        this.#entering.push({ resolve, reject });
        if (this.#starting.size === 0) this.#startOne();
        for (const thread of this.#starting.keys()) thread.hold();
      });
    } catch (error) {
      await this.leave();
      throw error;
    }
  }

  /** A plugin needs threads no more; resolves, after the last one, when all threads are gone. */
  async leave(): Promise<void> {
    this.#users -= 1;
    if (this.#users > 0) return;
    for (const thread of this.#alive) this.end(thread);
    await Promise.all([...this.#present].map(({ gone }) => gone));
  }

  /**
   * A thread for one call, which has to release it.
   *
   * @param refusal makes the error for a call that ended while it waited.
   */
  async acquire(ending: CallEnding, refusal: () => Error): Promise<GuestThread> {
    const idle = this.#idle.take(this.#hasRoom());
    if (idle !== undefined) return idle;
    const free = this.#waiting.wait(ending, refusal);
    this.#startMissing();
    return free;
  }

  /**
   * As `acquire`, while this thread sleeps. Nothing comes free meanwhile, so that where all are busy it
   * takes one above the limit.
   *
   * @returns undefined where none could start within the time.
   */
  acquireSync(ending: CallEnding): GuestThread | undefined {
    const free = this.#idle.take(this.#hasRoom()) ?? this.#reserve;
    if (free !== undefined) {
      if (free === this.#reserve) this.#reserve = undefined;
      return free;
    }
    const [thread = this.#start()] = this.#starting.keys();
    if (thread.receive(ending.remainingMs) === undefined) return undefined;
    this.#started(thread);
    return thread;
  }

  /**
   * A certain thread for one call, which has to release it.
   *
   * @param refusal as for `acquire`.
   * @throws ThreadDied where the thread ends first.
   */
  async acquireThis(
    thread: GuestThread,
    ending: CallEnding,
    refusal: () => Error,
  ): Promise<GuestThread> {
    if (this.claim(thread)) return thread;
    if (!this.#alive.has(thread)) throw endedBefore();
    return thread.wanted.wait(ending, refusal);
  }

  /** Takes a certain thread for a call, if it is idle. */
  claim(thread: GuestThread): boolean {
    if (thread === this.#reserve) {
      this.#reserve = undefined;
      return true;
    }
    return this.#idle.remove(thread);
  }

  /** Threads that are idle, the one used last at the end. */
  get idle(): readonly GuestThread[] {
    return this.#idle.all;
  }

  isIdle(thread: GuestThread): boolean {
    return thread === this.#reserve || this.#idle.all.includes(thread);
  }

  /** Tells a thread something that is not for its call: now, or when it is idle. */
  tell(thread: GuestThread, message: ToThread): void {
    if (this.isIdle(thread)) thread.post(message);
    else if (thread.alive) thread.later.push(message);
  }

  /** Takes a thread back after a call. */
  release(thread: GuestThread): void {
    // Its call may hear of a thread's death before this object does.
    if (!thread.alive || !this.#alive.has(thread)) return;
    for (const message of thread.later.splice(0)) thread.post(message);
    // Calls of guests that stay on a thread take it in turns with those of new ones.
    thread.wantedLast = !thread.wantedLast && thread.wanted.offer(thread);
    if (thread.wantedLast) return;
    if (this.#isSurplus(thread)) this.#dismiss(thread);
    else if (!this.#waiting.offer(thread) && !thread.wanted.offer(thread)) {
      this.#idle.add(thread);
      thread.changed();
    }
  }

  trim(thread: GuestThread): void {
    if (this.#isSurplus(thread) && this.#idle.remove(thread)) this.#dismiss(thread);
  }

  /** Ends a thread and what runs on it; resolves when it is gone. */
  end(thread: GuestThread): Promise<void> {
    if (this.#forget(thread) && this.#users > 0) this.#replace();
    return thread.end();
  }

  /** A thread waits for the host's asynchronous function, so that another one may have its core. */
  pause(): void {
    this.#paused += 1;
    this.#startMissing();
  }

  resume(): void {
    this.#paused -= 1;
  }

  /** Whether a thread is one too many; one on which guests stay never is. */
  #isSurplus({ residents }: GuestThread): boolean {
    return this.#users === 0 || (residents === 0 && this.#computing > this.#limit);
  }

  #start(): GuestThread {
    const thread = new GuestThread(this);
    this.#alive.add(thread);
    this.#starting.set(thread, this.#givingUp(thread));
    this.#present.add(thread);
    thread.listen({
      message: () => {
        this.#started(thread);
        this.release(thread);
      },
      died: (error) => this.#failed(error),
    });
    void thread.gone.then(() => {
      this.#present.delete(thread);
      this.#diedByItself(thread);
    });
    return thread;
  }

  #started(thread: GuestThread): void {
    this.#stopWaitingFor(thread);
    thread.letGo();
    thread.listen(undefined);
    for (const { resolve } of this.#entering.splice(0)) resolve();
  }

  #givingUp(thread: GuestThread): NodeJS.Timeout {
    return setTimeout(() => {
      this.#failed(new ThreadDied(new Error(`the thread did not start within ${START_MS} ms`)));
      void this.end(thread);
    }, START_MS).unref();
  }

  #stopWaitingFor(thread: GuestThread): void {
    clearTimeout(this.#starting.get(thread));
    this.#starting.delete(thread);
  }

  /** A thread could not start: whoever it was started for is told, and it is not tried for ever. */
  #failed(error: ThreadDied): void {
    for (const { reject } of this.#entering.splice(0)) reject(error);
    this.#waiting.refuse(error);
  }

  #diedByItself(thread: GuestThread): void {
    const hadStarted = !this.#starting.has(thread);
    if (!this.#forget(thread)) return;
    if (hadStarted && this.#users > 0) this.#replace();
    else this.#startMissing();
  }

  /** Keeps a thread that is one too many for synchronous callers, or ends it. */
  #dismiss(thread: GuestThread): void {
    if (this.#reserve !== undefined || this.#users === 0) {
      void this.end(thread);
      return;
    }
    this.#reserve = thread;
    thread.changed();
  }

  /** Threads that may use a core. */
  get #computing(): number {
    return this.#alive.size - this.#paused - (this.#reserve === undefined ? 0 : 1);
  }

  #startMissing(): void {
    while (this.#waiting.length > this.#starting.size && this.#hasRoom()) this.#startOne();
  }

  #replace(): void {
    this.#startMissing();
    if (this.#starting.size === 0 && this.#hasRoom()) this.#startOne();
  }

  /** Starts a thread for whoever waits, who is told where there can be none. */
  #startOne(): void {
    try {
      this.#start();
    } catch (error) {
      if (!(error instanceof ThreadDied)) throw error;
      this.#failed(error);
    }
  }

  #hasRoom(): boolean {
    return this.#computing < this.#limit && this.#alive.size < this.#limit * MOST_PER_LIMIT;
  }

  #forget(thread: GuestThread): boolean {
    this.#stopWaitingFor(thread);
    this.claim(thread);
    const known = this.#alive.delete(thread);
    while (thread.wanted.length > 0) thread.wanted.refuse(endedBefore());
    return known;
  }
}

function endedBefore(): ThreadDied {
  return new ThreadDied(new Error("another call on the thread was ended, and the thread with it"));
}
