import { CallFailure, type HostServices } from "@uni/wasm-rt/guest";
import { Handles } from "../canonical/handles.ts";
import { WasiGuest } from "../wasi/wasi-guest.ts";

/** What belongs to one guest while it runs: what it holds of the host, and what went wrong. */
export class GuestRun extends CallFailure {
  readonly services: HostServices;
  readonly handles: Handles = new Handles();
  /** Whether the guest may call its imports: not while it only makes room for values. */
  mayLeave = true;
  #wasi: WasiGuest | undefined;

  /** @param fuel of all its instances together. */
  constructor(services: HostServices, fuel?: number) {
    super(fuel);
    this.services = services;
  }

  get wasi(): WasiGuest {
    this.#wasi ??= new WasiGuest({
      write: (stream, text) => this.services.log(stream === "stdout" ? "info" : "warn", text),
      exit: (code) => this.fault("TRAP", `exit(${code}): a plugin cannot end its host`),
      refuse: (message) => this.fault("TRAP", message),
    });
    return this.#wasi;
  }

  /** Passes on what is left of the guest's output. */
  end(): void {
    this.#wasi?.end();
  }
}
