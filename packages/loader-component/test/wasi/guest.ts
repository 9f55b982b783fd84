import { WASI } from "../../src/wasi/wasi.ts";
import { WasiGuest } from "../../src/wasi/wasi-guest.ts";

/** What the `exit` of these tests throws. */
export class GuestExit extends Error {
  readonly code: number;

  constructor(code: number) {
    super(`the guest exited with ${code}`);
    this.code = code;
  }
}

/** What the `refuse` of these tests throws. */
export class Refusal extends Error {}

/** A guest that calls WASI as the linker would for it, and what came of that. */
export class Guest {
  readonly written: [stream: string, text: string][] = [];
  readonly wasi: WasiGuest = new WasiGuest({
    write: (stream, text) => this.written.push([stream, text]),
    exit: (code) => {
      throw new GuestExit(code);
    },
    refuse: (message) => {
      throw new Refusal(message);
    },
  });

  /** @param name as in `wasi:io/poll#poll`. */
  call(name: string, ...args: readonly unknown[]): unknown {
    const [from = "", imported = ""] = name.split("#");
    const found = WASI.get(from)?.[imported];
    if (found === undefined) throw new Error(`no function ${name}`);
    return found.call(this.wasi, ...(args as never[]));
  }

  /** A method of `wasi:io/streams`. */
  stream(method: string, ...args: readonly unknown[]): unknown {
    return this.call(`wasi:io/streams#[method]${method}`, ...args);
  }

  stdin(): unknown {
    return this.call("wasi:cli/stdin#get-stdin");
  }

  stdout(): unknown {
    return this.call("wasi:cli/stdout#get-stdout");
  }

  stderr(): unknown {
    return this.call("wasi:cli/stderr#get-stderr");
  }

  /** Writes as most guests do. */
  print(output: unknown, text: string | Uint8Array): void {
    const bytes = typeof text === "string" ? new TextEncoder().encode(text) : text;
    this.stream("output-stream.blocking-write-and-flush", output, bytes);
  }
}
