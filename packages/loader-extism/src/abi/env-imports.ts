import type { HostServices, LogLevel } from "@uni/wasm-rt";
import type { EnvName } from "./env-names.ts";
import { GuestVars } from "./guest-vars.ts";
import type { HostCall } from "./host-call.ts";
import { noNetwork } from "./no-network.ts";

// Extism numbers the levels from trace, 0, to error, 4; a guest drops what is below.
const LOG_EVERYTHING = 0;

/** What the functions of one guest stand on. */
export interface EnvHost {
  /** The call that is under way when the guest uses an import. */
  readonly current: () => HostCall;
  readonly services: HostServices;
  readonly config: Readonly<Record<string, string>>;
}

/**
 * The functions of `extism:host/env`. The object has no prototype, or a module could import the
 * members of `Object.prototype`.
 *
 * An i64 crosses as a signed BigInt: one that is no address is negative or too large as a number,
 * and the call refuses it.
 */
export function envImports({ current, services, config }: EnvHost): WebAssembly.ModuleImports {
  const vars = new GuestVars((code, message) => current().fault(code, message));
  const log = (level: LogLevel) => (address: bigint) =>
    services.log(level, current().text(Number(address)));
  const optionalBlock = (bytes: Uint8Array | undefined) =>
    bytes === undefined ? 0n : BigInt(current().blocks.store(bytes));
  const refuse = (name: EnvName) => () => current().fault("CAPABILITY_DENIED", noNetwork(name));
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
    input_offset: () => BigInt(current().inputAddress()),
    input_length: () => BigInt(current().inputLength),
    input_load_u8: (at: bigint) => current().inputU8(Number(at)),
    input_load_u64: (at: bigint) => current().inputU64(Number(at)),
    output_set: (address: bigint, length: bigint) =>
      current().setOutput(Number(address), Number(length)),
    error_set: (address: bigint) => current().setError(Number(address)),
    config_get: (key: bigint) => {
      const name = current().text(Number(key));
      const value = Object.hasOwn(config, name) ? config[name] : undefined;
      return optionalBlock(value === undefined ? undefined : new TextEncoder().encode(value));
    },
    var_get: (key: bigint) => optionalBlock(vars.get(current().text(Number(key)))),
    var_set: (key: bigint, value: bigint) => {
      const { blocks } = current();
      const bytes = value === 0n ? undefined : blocks.block(Number(value));
      vars.set(current().text(Number(key)), bytes);
    },
    http_request: refuse("http_request"),
    http_status_code: refuse("http_status_code"),
    http_headers: refuse("http_headers"),
    log_trace: log("trace"),
    log_debug: log("debug"),
    log_info: log("info"),
    log_warn: log("warn"),
    log_error: log("error"),
    get_log_level: () => LOG_EVERYTHING,
  };
  return Object.assign(Object.create(null), env);
}
