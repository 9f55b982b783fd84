import { parentPort, workerData } from "node:worker_threads";
import { InstancePool } from "../../src/pool/instance-pool.ts";
import { createGuest, type Guest, GuestError } from "./guest.ts";

const { counters, maxInstances, gate, inside, rounds, mostHeld, seed } = workerData;
const pool = new InstancePool({ maxInstances }, createGuest, GuestError, { counters });
const held: Guest[] = [];
let [acquired, refused, mostInside] = [0, 0, 0];

// xorshift32: every thread its own, repeatable order of claims and releases.
let state = seed;
function below(limit: number): number {
  state ^= state << 13;
  state ^= state >>> 17;
  state ^= state << 5;
  return (state >>> 0) % limit;
}

function acquire(): void {
  try {
    held.push(pool.acquire());
  } catch (error) {
    if (!(error instanceof GuestError)) throw error;
    refused++;
    return;
  }
  acquired++;
  mostInside = Math.max(mostInside, Atomics.add(inside, 0, 1) + 1);
}

function release(index: number): void {
  const [guest] = held.splice(index, 1);
  if (guest === undefined) throw new RangeError(`nothing held at ${index}`);
  Atomics.sub(inside, 0, 1);
  pool.release(guest);
}

// Keeps as many as it may but two: the second claim of a round has to look for a slot, where one
// alone would find the slot that the thread has just freed.
parentPort?.postMessage("ready");
Atomics.wait(gate, 0, 0);
for (let round = 0; round < rounds; round++) {
  for (let missing = mostHeld - held.length; missing > 0; missing--) acquire();
  for (let i = 0; i < 2 && held.length > 0; i++) release(below(held.length));
}
while (held.length > 0) release(0);
parentPort?.postMessage({ acquired, refused, mostInside });
