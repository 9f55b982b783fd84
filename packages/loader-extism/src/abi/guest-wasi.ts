import type { CallFailure, HostServices } from "@uni/wasm-rt/guest";
import { wasiImports } from "../wasi/wasi-imports.ts";

/** What the WASI of an Extism guest stands on. */
export interface GuestWasiHost {
  readonly services: HostServices;
  /** The exports of the guest, once it has some. */
  readonly exports: () => WebAssembly.Exports | undefined;
  /** The call that is under way when the guest uses an import. */
  readonly current: () => CallFailure;
}

/** The WASI of an Extism guest: what it prints is logged, and it cannot exit. */
export function guestWasi({
  services,
  exports,
  current,
}: GuestWasiHost): WebAssembly.ModuleImports {
  return wasiImports({
    memory: () => {
      const memory = exports()?.memory;
      return memory instanceof WebAssembly.Memory ? memory : undefined;
    },
    write: (stream, text) =>
      current().ending(() => services.log(stream === "stdout" ? "info" : "warn", text)),
    exit: (code) => current().fault("TRAP", `proc_exit(${code}): a plugin cannot end its host`),
  });
}
