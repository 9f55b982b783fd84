import { OutputStream } from "@uni/wasm-rt/guest";

/** What a guest's WASI has of the host. */
export interface WasiHost {
  /** A piece of text that the guest wrote, decoded as UTF-8 (lossy). */
  write(stream: "stdout" | "stderr", text: string): void;
  /** The guest asked to exit; must throw. */
  exit(code: number): never;
  /** The guest asked for what no guest gets; must throw, with this message. */
  refuse(message: string): never;
}

/** What belongs to one guest of its WASI: its clock and its outputs. */
export class WasiGuest {
  readonly #host: WasiHost;
  #epochNs: bigint | undefined;
  #stdout: OutputStream | undefined;
  #stderr: OutputStream | undefined;

  constructor(host: WasiHost) {
    this.#host = host;
  }

  /**
   * Nanoseconds since the guest first asked for them, above zero.
   *
   * The clock "has an unspecified initial value" (wasi:clocks, monotonic-clock). The host's own
   * would tell for how long the machine is up; zero would end a Go guest ("nanotime returning zero").
   */
  monotonicNs(): bigint {
    const hostNs = process.hrtime.bigint();
    this.#epochNs ??= hostNs - 1n;
    return hostNs - this.#epochNs;
  }

  /** Passes on what the guest wrote; a character may come in parts, through any of its handles. */
  write(stream: "stdout" | "stderr", bytes: Uint8Array): void {
    if (stream === "stdout") {
      this.#stdout ??= this.#open("stdout");
      this.#stdout.write(bytes);
    } else {
      this.#stderr ??= this.#open("stderr");
      this.#stderr.write(bytes);
    }
  }

  /** Ends the guest as it asked to, after all of its output. */
  exit(code: number): never {
    this.end();
    return this.#host.exit(code);
  }

  refuse(message: string): never {
    return this.#host.refuse(message);
  }

  /** Passes on what is left in the outputs. To be called when the guest has ended, however it did. */
  end(): void {
    this.#stdout?.end();
    this.#stderr?.end();
  }

  #open(stream: "stdout" | "stderr"): OutputStream {
    return new OutputStream((text) => this.#host.write(stream, text));
  }
}
