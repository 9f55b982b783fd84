import { parentPort, workerData } from "node:worker_threads";
import { InstancePool } from "../../src/pool/instance-pool.ts";
import { createGuest, GuestError } from "./guest.ts";

const { counters, maxInstances, held, end } = workerData;
let built = 0;
const pool = new InstancePool(
  { maxInstances },
  () => {
    built++;
    // The last claim has a slot and never an instance.
    if (end === "spin in the factory" && built === held) spin();
    return createGuest();
  },
  GuestError,
  { counters },
);

function spin(): never {
  parentPort?.postMessage("holding");
  for (;;);
}

const guests = Array.from({ length: held }, () => pool.acquire());
if (end === "spin") spin();
parentPort?.postMessage("holding");
parentPort?.once("message", () => {
  if (end === "release") {
    for (const guest of guests) pool.release(guest);
    parentPort?.postMessage("released");
  }
  if (end === "throw") throw new Error("the thread failed");
  if (end === "exit") process.exit(3);
  // "return": with its only listener gone, the thread has nothing left to do.
});
