// Runs modules that never end, each until it is ended, and prints how long that took in milliseconds.
import { readFileSync } from "node:fs";
import { Worker } from "node:worker_threads";
import { runWithin } from "../../../src/sandbox/deadline.ts";

const [, , mode, limit, ...paths] = process.argv;
const LIMIT_MS = Number(limit);
const THREAD = `
  const { workerData, parentPort } = require("node:worker_threads");
  const { f } = new WebAssembly.Instance(new WebAssembly.Module(workerData)).exports;
  parentPort.postMessage("started");
  f();`;

function endsAtDeadline(bytes: Uint8Array<ArrayBuffer>): void {
  const { f } = new WebAssembly.Instance(new WebAssembly.Module(bytes)).exports;
  if (typeof f !== "function") throw new Error("the module exports no f");
  const late = new Error("late");
  try {
    runWithin(
      LIMIT_MS,
      () => f(),
      () => late,
    );
  } catch (error) {
    if (error === late) return;
    throw error;
  }
  throw new Error("the guest ended by itself");
}

async function endsWithThread(bytes: Uint8Array<ArrayBuffer>): Promise<void> {
  const worker = new Worker(THREAD, { eval: true, workerData: bytes });
  await new Promise((resolve) => worker.once("message", resolve));
  await new Promise((resolve) => setTimeout(resolve, LIMIT_MS));
  await worker.terminate();
}

console.log("started");
for (const path of paths) {
  const bytes = new Uint8Array(readFileSync(path));
  const start = performance.now();
  if (mode === "deadline") endsAtDeadline(bytes);
  else await endsWithThread(bytes);
  console.log(Math.round(performance.now() - start));
}
