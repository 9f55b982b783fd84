import { threadId } from "node:worker_threads";
import type { HostFunctionContext } from "@uni/wasm-rt";

// What embedders give as a module; the tests load it on guest threads.

export const thread_id = (): Uint8Array => new Uint8Array(threadId);

export const allowed = (_bytes: Uint8Array, context: HostFunctionContext): Uint8Array =>
  new Uint8Array(["euro", "dollar"].filter((rate) => context.allows(rate)).length);

export const fails = (): never => {
  throw new Error("no rates today");
};

export const later = async (): Promise<Uint8Array> => new Uint8Array(1);

export const exits = (): never => process.exit(3);

export const fills = (): Uint8Array => {
  const kept: number[][] = [];
  for (;;) kept.push(new Array(100_000).fill(kept.length));
};
