import { setTimeout as sleep } from "node:timers/promises";
import type { Worker } from "node:worker_threads";
import { UniError } from "@uni/plugin";
import { loadWat, user } from "../wat-plugin.ts";
import { bytesGiven, LENGTH, one } from "./held-plugin.ts";

// Run as a process with --expose-gc: kills guest threads, and prints how many of them are kept.
const threads: WeakRef<Worker>[] = [];
process.on("worker", (thread) => void threads.push(new WeakRef(thread)));
const module = new URL("./host-module.ts", import.meta.url);
const { scalar } = await loadWat(
  { imports: user("exits") + LENGTH, body: bytesGiven("exits") },
  {},
  { hostFunctions: [{ name: "exits", docs: "", module }] },
);
for (let i = 0; i < 8; i++) {
  await scalar.invoke(one).catch((error: unknown) => {
    if (!(error instanceof UniError)) throw error;
  });
}
for (let i = 0; i < 5; i++) {
  await sleep(50);
  globalThis.gc?.();
}
const kept = threads.filter((thread) => thread.deref() !== undefined);
console.log(`${threads.length} ${kept.length}`);
