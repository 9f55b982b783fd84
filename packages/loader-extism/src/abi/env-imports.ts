import type { HostServices, LogLevel } from "@uni/wasm-rt";
import type { EnvName } from "./env-names.ts";
import { GuestVars, MAX_VAR_BYTES } from "./guest-vars.ts";
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
 * What moves bytes is the kernel's own, so the guest calls it without leaving WebAssembly.
 */
export function envImports({ current, services, config }: EnvHost): WebAssembly.ModuleImports {
  const { kernel } = current().blocks;
  const vars = new GuestVars((code, message) => current().fault(code, message));
  const log = (level: LogLevel) => (address: bigint) => {
    const message = current().text(address);
    current().ending(() => services.log(level, message));
  };
  const optionalBlock = (bytes: Uint8Array | undefined) =>
    bytes === undefined ? 0n : BigInt(current().blocks.store(bytes));
  const refuse = (name: EnvName) => () => current().fault("CAPABILITY_DENIED", noNetwork(name));
  const env: Record<EnvName, (...args: never[]) => unknown> = {
    alloc: kernel.alloc,
    free: kernel.free,
    length: kernel.length,
    // In Extism's own kernel this one does not check its address.
    length_unsafe: kernel.length,
    load_u8: kernel.load_u8,
    load_u64: kernel.load_u64,
    store_u8: kernel.store_u8,
    store_u64: kernel.store_u64,
    input_offset: kernel.input_offset,
    input_length: kernel.input_length,
    input_load_u8: kernel.input_load_u8,
    input_load_u64: kernel.input_load_u64,
    output_set: (address: bigint, length: bigint) => current().setOutput(address, length),
    error_set: (address: bigint) => current().setError(address),
    config_get: (key: bigint) => {
      const name = current().text(key);
      const value = Object.hasOwn(config, name) ? config[name] : undefined;
      return optionalBlock(value === undefined ? undefined : new TextEncoder().encode(value));
    },
    var_get: (key: bigint) => optionalBlock(vars.get(current().text(key))),
    var_set: (key: bigint, value: bigint) => {
      const { blocks } = current();
      // One byte more than fits is refused like all of them, and is not copied first.
      const bytes = value === 0n ? undefined : blocks.block(Number(value), MAX_VAR_BYTES + 1);
      vars.set(current().text(key), bytes);
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
