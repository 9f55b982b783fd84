import type { Fail, HostServices } from "@uni/wasm-rt/guest";
import { wasiImports } from "../wasi/wasi-imports.ts";

/** What the WASI of an Extism guest stands on. */
export interface GuestWasiHost {
  readonly services: HostServices;
  /** The exports of the guest, once it has some. */
  readonly exports: () => WebAssembly.Exports | undefined;
  /** Ends the call that is under way. */
  readonly fault: Fail;
}

/** The WASI of an Extism guest: what it prints is logged, and it cannot exit. */
export function guestWasi({ services, exports, fault }: GuestWasiHost): WebAssembly.ModuleImports {
  return wasiImports({
    memory: () => {
      const memory = exports()?.memory;
      return memory instanceof WebAssembly.Memory ? memory : undefined;
    },
    write: (stream, text) => services.log(stream === "stdout" ? "info" : "warn", text),
    exit: (code) => fault("TRAP", `proc_exit(${code}): a plugin cannot end its host`),
  });
}
