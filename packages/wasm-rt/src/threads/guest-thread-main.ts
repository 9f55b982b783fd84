import { setImmediate } from "node:timers/promises";
import { workerData } from "node:worker_threads";
import { collectGarbage } from "./collect-garbage.ts";
import { GuestStore } from "./guest-store.ts";
import type { ThreadData } from "./protocol.ts";
import { ThreadLink } from "./thread-link.ts";

/** How long a thread has nothing to do before it frees what its guests have left. */
const IDLE_MS = 1000;

// A thread that guests run on. It sleeps until the host has something for it, and goes back to its
// event loop only where it imports a module.
const { port, control } = workerData as ThreadData;
const link = new ThreadLink(port, control);
const store = new GuestStore(link);
// The host can tell that a thread is gone only if its event loop had begun.
await setImmediate();
link.post({ kind: "started" });
for (;;) {
  let message = link.receiveWithin(IDLE_MS);
  if (message === undefined) {
    collectGarbage();
    message = link.receive();
  }
  await store.handle(message);
}
