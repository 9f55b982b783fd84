import { setImmediate } from "node:timers/promises";
import { workerData } from "node:worker_threads";
import { GuestStore } from "./guest-store.ts";
import type { ThreadData } from "./protocol.ts";
import { ThreadLink } from "./thread-link.ts";

// A thread that guests run on. It sleeps until the host has something for it, and goes back to its
// event loop only where it imports a module.
const { port, control } = workerData as ThreadData;
const link = new ThreadLink(port, control);
const store = new GuestStore(link);
// The host can tell that a thread is gone only if its event loop had begun.
await setImmediate();
link.post({ kind: "started" });
for (;;) await store.handle(link.receive());
