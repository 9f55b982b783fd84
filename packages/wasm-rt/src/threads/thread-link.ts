import { type MessagePort, receiveMessageOnPort, type TransferListItem } from "node:worker_threads";
import { awaitControl } from "./await-control.ts";
import { HostRefused } from "./host-refused.ts";
import { CONTROL, type ServiceRequest, type ToHost, type ToThread } from "./protocol.ts";

/** The thread's end of its connection with the host. */
export class ThreadLink {
  readonly #port: MessagePort;
  readonly #control: Int32Array;

  /** Whether the host's thread has nothing else to do than to answer this one. */
  hostWaits = false;

  constructor(port: MessagePort, control: SharedArrayBuffer) {
    this.#port = port;
    this.#control = new Int32Array(control);
  }

  post(message: ToHost, transfer: readonly TransferListItem[] = []): void {
    this.#port.postMessage(message, transfer);
    Atomics.add(this.#control, CONTROL.toHost, 1);
    Atomics.notify(this.#control, CONTROL.toHost);
  }

  /** The next message of the host, for which this thread sleeps. */
  receive(): ToThread {
    for (;;) {
      const message = this.receiveWithin(Number.POSITIVE_INFINITY);
      if (message !== undefined) return message;
    }
  }

  /** As `receive`; undefined where no message came within the time. */
  receiveWithin(timeoutMs: number): ToThread | undefined {
    const until = performance.now() + timeoutMs;
    for (;;) {
      // Counted before the look, so that a message that comes between the two is not slept through.
      const seen = Atomics.load(this.#control, CONTROL.toThread);
      const received = receiveMessageOnPort(this.#port);
      if (received !== undefined) return received.message;
      const leftMs = until - performance.now();
      if (leftMs <= 0) return undefined;
      awaitControl(this.#control, CONTROL.toThread, seen, this.hostWaits, leftMs);
    }
  }

  /**
   * Asks the host for something, in the middle of a call.
   *
   * @throws HostRefused where that failed on the host's thread.
   */
  ask(request: ServiceRequest, transfer: readonly TransferListItem[] = []): unknown {
    this.post({ kind: "service", request }, transfer);
    const answer = this.receive();
    if (answer.kind === "answer") return answer.value;
    throw new HostRefused();
  }
}
