import { copyBytes } from "@uni/wasm-rt/guest";
import type { StringEncoding } from "../plan/plan.ts";
import type { Handles } from "./handles.ts";
import { trapped } from "./trapped.ts";

/** What of a guest a function's options name; looked up when the function is called. */
export interface GuestMemorySource {
  readonly memory: () => unknown;
  readonly realloc: () => unknown;
}

/** The memory of a guest as one of its functions uses it: every access is checked. */
export class GuestMemory {
  readonly encoding: StringEncoding;
  readonly handles: Handles;
  readonly #source: GuestMemorySource;
  #memory: WebAssembly.Memory | undefined;
  #view = new DataView(new ArrayBuffer(0));

  constructor(source: GuestMemorySource, encoding: StringEncoding, handles: Handles) {
    this.#source = source;
    this.encoding = encoding;
    this.handles = handles;
  }

  /** For `bytes` bytes at `at`, which are aligned and inside of the memory as it is now. */
  view(at: number, bytes: number, alignment: number): DataView<ArrayBuffer> {
    if (at % alignment !== 0) throw trapped(`the address ${at} is not aligned to ${alignment}`);
    const view = this.#current();
    if (at + bytes > view.byteLength) {
      throw trapped(`${bytes} bytes at ${at} are outside of the guest's memory`);
    }
    return view;
  }

  /** A copy, which the guest cannot reach. */
  read(at: number, length: number): Uint8Array<ArrayBuffer> {
    return copyBytes(this.#bytes(at, length));
  }

  /** A view, to be read before the guest runs again. */
  peek(at: number, length: number): Uint8Array<ArrayBuffer> {
    return this.#bytes(at, length);
  }

  /** Puts bytes where the guest wants them, and says where. */
  place(bytes: Uint8Array, alignment: number): number {
    const at = this.allocate(bytes.byteLength, alignment);
    this.#bytes(at, bytes.byteLength).set(bytes);
    return at;
  }

  /** Asks the guest for room. */
  allocate(size: number, alignment: number): number {
    const realloc = this.#source.realloc();
    if (typeof realloc !== "function") throw trapped("the guest has no function to allocate with");
    const returned: unknown = realloc(0, 0, alignment, size);
    if (typeof returned !== "number") throw trapped("the guest's realloc returns no address");
    const at = returned >>> 0;
    this.view(at, size, alignment);
    return at;
  }

  #bytes(at: number, length: number): Uint8Array<ArrayBuffer> {
    return new Uint8Array(this.view(at, length, 1).buffer, at, length);
  }

  #current(): DataView<ArrayBuffer> {
    this.#memory ??= this.#open();
    // Growing a memory detaches its buffer.
    const { buffer } = this.#memory;
    if (buffer !== this.#view.buffer) this.#view = new DataView(buffer as ArrayBuffer);
    return this.#view;
  }

  #open(): WebAssembly.Memory {
    const memory = this.#source.memory();
    if (!(memory instanceof WebAssembly.Memory)) throw trapped("the guest has no memory");
    if (memory.buffer instanceof ArrayBuffer) return memory;
    throw trapped("the guest's memory is shared");
  }
}
