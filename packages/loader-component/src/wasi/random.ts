import { type HostInterface, interfaceOf } from "../host/host-interface.ts";
import type { WasiGuest } from "./wasi-guest.ts";

/** A host does not allocate whatever a guest names. */
const MAX_BYTES = 1_048_576;
/** Web Cryptography, getRandomValues: more at once is a QuotaExceededError. */
const CHUNK_BYTES = 65_536;

/** `wasi:random/random`. */
export const RANDOM: HostInterface<WasiGuest> = interfaceOf({
  "get-random-bytes": {
    signature: "func(u64) -> list<u8>",
    call: (guest, length: bigint) => limitedBytes(guest, "get-random-bytes", length),
  },
  "get-random-u64": { signature: "func() -> u64", call: () => randomU64() },
});

/** `wasi:random/insecure`, which may be as good as the secure one. */
export const INSECURE: HostInterface<WasiGuest> = interfaceOf({
  "get-insecure-random-bytes": {
    signature: "func(u64) -> list<u8>",
    call: (guest, length: bigint) => limitedBytes(guest, "get-insecure-random-bytes", length),
  },
  "get-insecure-random-u64": { signature: "func() -> u64", call: () => randomU64() },
});

/** `wasi:random/insecure-seed`: another one at every call. */
export const INSECURE_SEED: HostInterface<WasiGuest> = interfaceOf({
  "insecure-seed": {
    signature: "func() -> tuple<u64, u64>",
    call: () => [randomU64(), randomU64()],
  },
});

function limitedBytes(guest: WasiGuest, name: string, length: bigint): Uint8Array {
  if (length > MAX_BYTES) {
    guest.refuse(`${name} was asked for ${length} bytes; it gives at most ${MAX_BYTES} at once`);
  }
  return randomBytes(Number(length));
}

function randomBytes(length: number): Uint8Array {
  const bytes = new Uint8Array(length);
  for (let at = 0; at < length; at += CHUNK_BYTES) {
    crypto.getRandomValues(bytes.subarray(at, at + CHUNK_BYTES));
  }
  return bytes;
}

function randomU64(): bigint {
  return new DataView(randomBytes(8).buffer).getBigUint64(0);
}
