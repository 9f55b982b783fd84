import { ENV_MODULE, type EnvName } from "./env-names.ts";
import type { HostCall } from "./host-call.ts";

/**
 * The import object of one guest. Neither level has a prototype, or a module could import the
 * members of `Object.prototype`.
 *
 * An i64 crosses as a signed BigInt: one that is no address is negative or too large as a number,
 * and the call refuses it.
 *
 * @param current the call that is under way when the guest uses an import.
 */
export function envImports(current: () => HostCall): WebAssembly.Imports {
  const env: Record<EnvName, (...args: never[]) => unknown> = {
    alloc: (length: bigint) => BigInt(current().blocks.alloc(Number(length))),
    free: (address: bigint) => current().blocks.free(Number(address)),
    length: (address: bigint) => BigInt(current().blocks.length(Number(address))),
    // In Extism's kernel this one does not check its address; here it cannot do harm.
    length_unsafe: (address: bigint) => BigInt(current().blocks.length(Number(address))),
    load_u8: (address: bigint) => current().blocks.loadU8(Number(address)),
    load_u64: (address: bigint) => current().blocks.loadU64(Number(address)),
    store_u8: (address: bigint, value: number) => current().blocks.storeU8(Number(address), value),
    store_u64: (address: bigint, value: bigint) =>
      current().blocks.storeU64(Number(address), value),
    input_length: () => BigInt(current().inputLength),
    input_load_u8: (at: bigint) => current().inputU8(Number(at)),
    input_load_u64: (at: bigint) => current().inputU64(Number(at)),
    output_set: (address: bigint, length: bigint) =>
      current().setOutput(Number(address), Number(length)),
    error_set: (address: bigint) => current().setError(Number(address)),
  };
  const functions = Object.assign(Object.create(null), env);
  return Object.assign(Object.create(null), { [ENV_MODULE]: functions });
}
