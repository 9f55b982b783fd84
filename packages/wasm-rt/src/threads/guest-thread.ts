import type { EventLoopUtilization } from "node:perf_hooks";
import type { TransferListItem, Worker } from "node:worker_threads";
import { MessageChannel, type MessagePort, receiveMessageOnPort } from "node:worker_threads";
import { siblingModule } from "../guest/sibling-module.ts";
import { ObservedThread } from "../observe/observed-thread.ts";
import { WaitingQueue } from "../wait/waiting-queue.ts";
import { awaitControl } from "./await-control.ts";
import { CONTROL, CONTROL_BYTES, type ThreadData, type ToHost, type ToThread } from "./protocol.ts";
import { startWorker } from "./start-worker.ts";

const MAIN = siblingModule(import.meta.url, "./guest-thread-main");
/** What JavaScript and a guest's objects on the engine's heap may take; memories are counted apart. */
const MAX_HEAP_MB = 1024;
/** How often a host that sleeps looks whether the thread is still there. */
const LOOK_MS = 50;

/** A thread died by itself. */
export class ThreadDied extends Error {
  /** Whether it had filled its heap. */
  readonly outOfMemory: boolean;

  constructor(cause: unknown) {
    super(cause instanceof Error ? cause.message : String(cause), { cause });
    this.outOfMemory =
      cause instanceof Error && "code" in cause && cause.code === "ERR_WORKER_OUT_OF_MEMORY";
  }
}

/**
 * The host's end of one guest thread. It neither knows plugins nor what calls mean; the first message
 * of the thread is that it has started.
 */
export class GuestThread {
  /** Resolves when nothing of the thread runs any more. */
  readonly gone: Promise<void>;
  readonly home: ThreadHome;
  /** Guests on it that are kept from call to call. */
  residents = 0;
  /** Calls that need this thread, and no other. */
  readonly wanted: WaitingQueue<GuestThread> = new WaitingQueue();
  /** Whether it went to one of them last. */
  wantedLast = false;
  /** Images and imports that the thread has. */
  readonly known: Set<number> = new Set();
  /** What it is to be told once it is idle. */
  readonly later: ToThread[] = [];
  /** Who wants to know when the thread becomes idle, or is gone. */
  readonly watchers: Set<() => void> = new Set();
  readonly #worker: Worker;
  readonly #port: MessagePort;
  readonly #observed: ObservedThread;
  readonly #control = new Int32Array(new SharedArrayBuffer(CONTROL_BYTES));
  #state: "alive" | "ending" | "gone" = "alive";
  #online = false;
  #failure: unknown;
  #listener: ThreadListener | undefined;

  /** @throws ThreadDied where there can be no thread. */
  constructor(home: ThreadHome) {
    this.home = home;
    const { port1, port2 } = new MessageChannel();
    const workerData: ThreadData = { port: port2, control: this.#control.buffer };
    this.#port = port1;
    this.#worker = started(workerData);
    this.#observed = new ObservedThread(this.#worker.threadId);
    this.#worker.unref();
    this.#worker.once("online", () => {
      this.#online = true;
      port1.once("message", () => this.#loopUtilization());
      port1.on("message", (message: ToHost) => this.#listener?.message(message));
      // Neither holds the process open: a call that is under way does, by its deadline.
      port1.unref();
    });
    this.gone = new Promise((resolve) => {
      this.#worker.once("exit", (code) => {
        this.#exited(code);
        resolve();
        this.changed();
      });
    });
    this.#worker.once("error", (error) => {
      this.#failure = error;
    });
  }

  get alive(): boolean {
    return this.#state === "alive";
  }

  /** Keeps the process open, for somebody who waits for the thread to start. */
  hold(): void {
    this.#worker.ref();
  }

  /** Lets the process end. */
  letGo(): void {
    this.#worker.unref();
  }

  changed(): void {
    for (const watcher of this.watchers) watcher();
  }

  /** Tells the thread something; it must be idle, or wait for an answer. */
  post(message: ToThread, transfer: readonly TransferListItem[] = []): void {
    this.#port.postMessage(message, transfer);
    Atomics.add(this.#control, CONTROL.toThread, 1);
    Atomics.notify(this.#control, CONTROL.toThread);
  }

  /** Who gets what the thread posts from here on, and is told where it dies. */
  listen(listener: ThreadListener | undefined): void {
    this.#listener = listener;
  }

  /**
   * The next message of the thread, for which this one sleeps.
   *
   * @returns undefined where none came within the time.
   * @throws ThreadDied where none will come.
   */
  receive(timeoutMs: number): ToHost | undefined {
    const until = performance.now() + timeoutMs;
    for (;;) {
      // Counted before the look, so that a message that comes between the two is not slept through.
      const seen = Atomics.load(this.#control, CONTROL.toHost);
      const received = receiveMessageOnPort(this.#port);
      if (received !== undefined) return received.message;
      if (this.#hasStopped()) throw new ThreadDied("the thread stopped");
      const leftMs = until - performance.now();
      if (leftMs <= 0) return undefined;
      awaitControl(this.#control, CONTROL.toHost, seen, true, Math.min(leftMs, LOOK_MS));
    }
  }

  /** Ends the thread, whatever it does; resolves when it is gone. */
  end(): Promise<void> {
    if (this.#state === "alive") {
      this.#state = "ending";
      this.#listener = undefined;
      void this.#worker.terminate();
    }
    return this.gone;
  }

  #exited(code: number): void {
    const ended = this.#state === "ending";
    const error = new ThreadDied(this.#failure ?? new Error(`the thread exited with ${code}`));
    this.#state = "gone";
    this.#port.close();
    if (!ended) this.#listener?.died(error);
    this.#observed.end(ended ? "ended" : error.outOfMemory ? "out-of-memory" : "died");
  }

  /**
   * Whether the thread has ended, of which no event can tell while this thread sleeps. Node.js has no
   * idle time for an event loop that is gone; of a thread that came up while this one slept it knows
   * none.
   */
  #hasStopped(): boolean {
    return this.#online && this.#loopUtilization().idle < 0;
  }

  /** Node.js knows a loop that is gone for one only if it was asked about it before. */
  #loopUtilization(): EventLoopUtilization {
    return this.#worker.performance.eventLoopUtilization();
  }
}

function started(workerData: ThreadData): Worker {
  try {
    return startWorker(MAIN, {
      workerData,
      transferList: [workerData.port],
      maxHeapMb: MAX_HEAP_MB,
    });
  } catch (cause) {
    throw new ThreadDied(cause);
  }
}

/** Where threads are when no call has them. */
export interface ThreadHome {
  isIdle(thread: GuestThread): boolean;
  /** Tells a thread something that is not for its call: now, or when it is idle. */
  tell(thread: GuestThread, message: ToThread): void;
  /** Takes a thread back after a call. */
  release(thread: GuestThread): void;
  /** Takes note that a guest has left a thread, which may be one too many without it. */
  trim(thread: GuestThread): void;
  /** Ends a thread and what runs on it; resolves when it is gone. */
  end(thread: GuestThread): Promise<void>;
  /** A thread waits for the host's asynchronous function, so that another one may have its core. */
  pause(): void;
  resume(): void;
}

/** Who has a thread. */
export interface ThreadListener {
  message(message: ToHost): void;
  died(error: ThreadDied): void;
}
