import { type FaultCode, GuestFault, type HostServices } from "@uni/wasm-rt/guest";
import { Handles } from "../canonical/handles.ts";
import { WasiGuest } from "../wasi/wasi-guest.ts";
import { trap } from "./trap.ts";

/** What belongs to one guest while it runs: what it holds of the host, and what went wrong. */
export class GuestRun {
  readonly services: HostServices;
  readonly handles: Handles = new Handles();
  /** What the instances export, in the order of the plan. */
  readonly instances: WebAssembly.Exports[] = [];
  /** Whether the guest may call its imports: not while it only makes room for values. */
  mayLeave = true;
  #wasi: WasiGuest | undefined;
  #failure: unknown;

  constructor(services: HostServices) {
    this.services = services;
  }

  get wasi(): WasiGuest {
    this.#wasi ??= new WasiGuest({
      write: (stream, text) => this.services.log(stream === "stdout" ? "info" : "warn", text),
      exit: (code) => this.#fault("TRAP", `exit(${code}): a plugin cannot end its host`),
      refuse: (message) => this.#fault("TRAP", message),
    });
    return this.#wasi;
  }

  /** What ended the guest first. */
  get failure(): unknown {
    return this.#failure;
  }

  /** Ends the guest for an error in a function of the host that it called. */
  fail(error: unknown): never {
    this.#failure ??= error;
    return trap();
  }

  /** Passes on what is left of the guest's output. */
  end(): void {
    this.#wasi?.end();
  }

  #fault(code: FaultCode, message: string): never {
    throw new GuestFault(code, message);
  }
}
