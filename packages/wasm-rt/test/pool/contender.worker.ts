import { parentPort, workerData } from "node:worker_threads";
import { InstancePool } from "../../src/pool/instance-pool.ts";
import { createGuest, GuestError } from "./guest.ts";

const { counters, maxInstances, gate } = workerData;
const pool = new InstancePool({ maxInstances }, createGuest, GuestError, { counters });

parentPort?.postMessage("ready");
Atomics.wait(gate, 0, 0);
try {
  pool.acquire();
  parentPort?.postMessage("acquired");
} catch (error) {
  if (!(error instanceof GuestError)) throw error;
  parentPort?.postMessage(`${error.name} ${error.code}: ${error.message}`);
}
// Holds what it has until the test ends it.
parentPort?.on("message", () => {});
