import {
  decodeBatch,
  encodeBatch,
  harden,
  InstancePool,
  LoaderError,
  PooledInstance,
  type PoolMetrics,
} from "@uni/wasm-rt";
import { copyBytes, type Guest } from "@uni/wasm-rt/guest";
import type { RecordBatch } from "apache-arrow";

export function born(): PoolMetrics {
  const errors = { resourceLimit: (message: string) => new LoaderError("RESOURCE_LIMIT", message) };
  const pool = new InstancePool({ maxInstances: 1 }, () => ({ bornMs: Date.now() }), errors);
  using guest = PooledInstance.acquire(pool);
  const { bornMs }: { bornMs: number } = guest.get();
  if (bornMs < 0) throw errors.resourceLimit("before 1970");
  return pool.metrics;
}

export const roundTrip = (batch: RecordBatch): RecordBatch | undefined =>
  decodeBatch(encodeBatch(batch));

export function compile(bytes: Uint8Array): WebAssembly.Module {
  const limits = { memoryPages: 16, tableElements: 100, heapBytes: 2 ** 20 };
  return new WebAssembly.Module(harden(copyBytes(bytes), limits));
}

export const dispose = (guest: Guest): void => guest[Symbol.dispose]();
