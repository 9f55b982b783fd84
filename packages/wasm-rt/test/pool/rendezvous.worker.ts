import { parentPort, workerData } from "node:worker_threads";
import { InstancePool } from "../../src/pool/instance-pool.ts";
import { createGuest, GuestError } from "./guest.ts";

const { counters, maxInstances, met } = workerData;

// A factory that returns only once the other thread's factory is running too.
function meet() {
  Atomics.add(met, 0, 1);
  Atomics.notify(met, 0);
  for (let here = Atomics.load(met, 0); here < 2; here = Atomics.load(met, 0)) {
    Atomics.wait(met, 0, here);
  }
  return createGuest();
}

const pool = new InstancePool({ maxInstances }, meet, GuestError, { counters });
pool.release(pool.acquire());
parentPort?.postMessage("met");
