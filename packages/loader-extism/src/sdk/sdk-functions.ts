import type { CallContext } from "@extism/extism";
import type { HostServices } from "@uni/wasm-rt";
import { ENV_MODULE, type EnvName, USER_MODULE } from "../abi/env-names.ts";
import { guestWasi } from "../abi/guest-wasi.ts";
import { noNetwork } from "../abi/no-network.ts";
import { userImports } from "../abi/user-imports.ts";
import { WASI_MODULE } from "../wasi/wasi-imports.ts";
import type { SdkCall } from "./sdk-call.ts";
import { BRIDGE_SOURCE } from "./wasi-bridge.ts";

/** A function that the SDK calls with its kernel in front of what the guest passed. */
type SdkFunction = (context: CallContext, ...args: bigint[]) => unknown;

/** What the imports of a guest need of it while it runs. */
export interface SdkGuestAccess {
  readonly current: () => SdkCall;
  readonly exports: () => WebAssembly.Exports | undefined;
}

/**
 * The functions that the SDK gets for a guest: those of `extism:host/user`, WASI for the bridge, and
 * the few of `extism:host/env` where rc13 does not do what this host promises.
 */
export function sdkFunctions(
  { current, exports }: SdkGuestAccess,
  services: HostServices,
  importModules: readonly string[],
): Record<string, Record<string, SdkFunction>> {
  const during =
    (body: (call: SdkCall, ...args: bigint[]) => unknown): SdkFunction =>
    (context, ...args) => {
      const call = current();
      call.blocks.context = context;
      return body(call, ...args);
    };
  const refuse = (name: EnvName) =>
    during((call) => call.fault("CAPABILITY_DENIED", noNetwork(name)));
  const env: Partial<Record<EnvName, SdkFunction>> = {
    // rc13 bounds neither one block nor their number.
    alloc: during((call, length) => call.blocks.alloc(Number(length))),
    // rc13 knows a block at the address that means "no block".
    length: during((call, address) => call.blocks.length(address)),
    length_unsafe: during((call, address) => call.blocks.length(address)),
    // rc13 takes the whole block for the output, whatever part of it the guest named.
    output_set: during((call, address, length) => call.setOutput(address, Number(length))),
    // rc13 forgets the message where the guest traps after it.
    error_set: during((call, address) => call.setError(address)),
    http_request: refuse("http_request"),
    http_status_code: refuse("http_status_code"),
    http_headers: refuse("http_headers"),
  };
  const user: Record<string, SdkFunction> = Object.create(null);
  for (const [name, body] of Object.entries(userImports({ current, services }))) {
    user[name] = during((_call, ...args) => call(body, args));
  }
  const functions = { [ENV_MODULE]: { ...env }, [USER_MODULE]: user };
  // WASI has many functions, which would cost every guest of the others more than all the rest.
  if (!importModules.includes(WASI_MODULE)) return functions;
  const wasi: Record<string, SdkFunction> = Object.create(null);
  for (const [name, body] of Object.entries(guestWasi({ services, exports, current }))) {
    wasi[name] = (_context, ...args) => call(body, args);
  }
  return { ...functions, [BRIDGE_SOURCE]: wasi };
}

/** Imports are functions here, though their type says that they could be memories. */
function call(imported: WebAssembly.ImportValue, args: readonly unknown[]): unknown {
  if (typeof imported !== "function") throw new TypeError("expected an imported function");
  return imported(...args);
}
