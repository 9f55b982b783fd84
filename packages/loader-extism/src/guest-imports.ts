import type { GuestImports } from "@uni/wasm-rt/guest";
import { envImports } from "./abi/env-imports.ts";
import { ENV_MODULE, USER_MODULE } from "./abi/env-names.ts";
import { guestWasi } from "./abi/guest-wasi.ts";
import type { HostCall } from "./abi/host-call.ts";
import { userImports } from "./abi/user-imports.ts";
import type { ExtismImage } from "./image.ts";
import { WASI_MODULE } from "./wasi/wasi-imports.ts";

/** What the imports of a guest need of it while it runs. */
export interface GuestAccess {
  readonly current: () => HostCall;
  readonly exports: () => WebAssembly.Exports | undefined;
}

/** The imports of one guest, which belong to this guest alone. */
export function guestImports(
  { importModules }: ExtismImage,
  { services, config }: GuestImports,
  { current, exports }: GuestAccess,
): WebAssembly.Imports {
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
  return imports;
}
