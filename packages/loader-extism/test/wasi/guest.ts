import { type WasiHost, wasiImports } from "../../src/wasi/wasi-imports.ts";

/** What the `exit` of these tests throws. */
export class GuestExit extends Error {
  readonly code: number;

  constructor(code: number) {
    super(`the guest exited with ${code}`);
    this.code = code;
  }
}

/** The WASI of a guest whose memory is the test's, and what came of it. */
export class Guest {
  readonly written: [stream: string, text: string][] = [];
  readonly functions: WebAssembly.ModuleImports;
  memory: WebAssembly.Memory | undefined;

  constructor(memory?: WebAssembly.Memory, host: Partial<WasiHost> = {}) {
    this.memory = memory;
    this.functions = wasiImports({
      memory: () => this.memory,
      write: (stream, text) => this.written.push([stream, text]),
      exit: (code) => {
        throw new GuestExit(code);
      },
      ...host,
    });
  }

  /** Calls a function as an engine does; what it answers is what the engine would see. */
  call(name: string, ...passed: readonly unknown[]): unknown {
    const imported = this.functions[name];
    if (typeof imported !== "function") throw new Error(`no function ${name}`);
    return imported(...passed);
  }

  /** The memory's bytes as they are now. */
  bytes(): Uint8Array {
    return new Uint8Array(this.#buffer());
  }

  view(): DataView {
    return new DataView(this.#buffer());
  }

  /** Stores ciovecs, or iovecs, one behind another. */
  storeVectors(address: number, ...vectors: readonly (readonly [number, number])[]): void {
    for (const [at, [buffer, length]] of vectors.entries()) {
      this.view().setUint32(address + at * 8, buffer, true);
      this.view().setUint32(address + at * 8 + 4, length, true);
    }
  }

  /** Puts bytes at 1,024 and writes them; answers how many were taken. */
  print(fd: number, text: string | Uint8Array): number {
    const bytes = typeof text === "string" ? new TextEncoder().encode(text) : text;
    this.bytes().set(bytes, 1024);
    this.storeVectors(0, [1024, bytes.length]);
    const errno = this.call("fd_write", fd, 0, 1, 8);
    if (errno !== 0) throw new Error(`fd_write on ${fd} answered ${errno}`);
    return this.view().getUint32(8, true);
  }

  #buffer(): ArrayBuffer {
    if (this.memory === undefined) throw new Error("this guest has no memory");
    return this.memory.buffer;
  }
}

/** A guest with some pages of memory, all of its bytes 0xAA. */
export function guestWithPages(pages = 1, host?: Partial<WasiHost>): Guest {
  const guest = new Guest(new WebAssembly.Memory({ initial: pages }), host);
  guest.bytes().fill(0xaa);
  return guest;
}
