import { createInstance, type GuestImports } from "@uni/wasm-rt/guest";
import { envImports } from "./abi/env-imports.ts";
import { ENV_MODULE, USER_MODULE } from "./abi/env-names.ts";
import { guestWasi } from "./abi/guest-wasi.ts";
import type { HostCall } from "./abi/host-call.ts";
import { userImports } from "./abi/user-imports.ts";
import { ExtismError } from "./extism-error.ts";
import type { ExtismImage } from "./image.ts";
import { WASI_MODULE } from "./wasi/wasi-imports.ts";

/** What the imports of a guest need of it while it runs. */
export interface GuestAccess {
  readonly current: () => HostCall;
  readonly exports: () => WebAssembly.Exports | undefined;
}

/** Instantiates the module of one guest on imports that belong to this guest alone. */
export function instantiate(
  { module, importModules }: ExtismImage,
  { services, config }: GuestImports,
  { current, exports }: GuestAccess,
): WebAssembly.Instance {
  const host = { current, services, config };
  const imports: WebAssembly.Imports = Object.create(null);
  if (importModules.includes(ENV_MODULE)) imports[ENV_MODULE] = envImports(host);
  if (importModules.includes(USER_MODULE)) imports[USER_MODULE] = userImports(host);
  if (importModules.includes(WASI_MODULE)) {
    imports[WASI_MODULE] = guestWasi({
      services,
      exports,
      current,
    });
  }
  return createInstance(ExtismError, module, imports);
}
