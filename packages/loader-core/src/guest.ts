import {
  attempt,
  CallFailure,
  CallGuest,
  createInstance,
  exportCall,
  exportedFunction,
  type Guest,
  type GuestCall,
  type GuestImports,
  initialize,
  MAX_TEXT_BYTES,
  reportedError,
} from "@uni/wasm-rt/guest";
import { CoreError } from "./core-error.ts";
import { GuestBytes, type Range, unpack } from "./guest-bytes.ts";
import { hostImports } from "./host-imports.ts";
import type { CoreImage } from "./image.ts";

const STATUS_BYTES = 4;

/** Makes a guest of a core module. */
export function createGuest(image: CoreImage, imports: GuestImports): Guest {
  return new CoreGuest(image, imports);
}

/** A guest serves one call; only then it is initialized. */
class CoreGuest extends CallGuest {
  readonly #call = new CallFailure();
  readonly #bytes = new GuestBytes(() => this.#exports, this.#call.fault);
  #exports: WebAssembly.Exports | undefined;

  constructor({ module }: CoreImage, { services }: GuestImports) {
    super();
    const imports = hostImports({ services, call: this.#call, bytes: this.#bytes });
    this.#exports = createInstance(CoreError, module, imports).exports;
    // What a guest used up is asked of its instances.
    this.#call.instances.push(this.#exports);
  }

  [Symbol.dispose](): void {
    // Nothing of the guest outlives its call.
    this.#exports = undefined;
    this.#call.instances.length = 0;
  }

  protected run(call: GuestCall): Uint8Array {
    const exports = this.#exports;
    if (exports === undefined) throw new CoreError("INTERNAL", "the guest is disposed");
    const { name, input } = exportCall(call);
    initialize(exports, (what, body) => this.#attempt(what, body));
    const { at, length } = this.#attempt("alloc", () => unpack(this.#bytes.give(input)));
    const packed = this.#attempt(name, () => exportedFunction(exports, name)?.(at, length));
    if (typeof packed !== "bigint") {
      throw new CoreError(
        "INVALID_PLUGIN",
        `expected ${name} to return an i64, got ${typeof packed}`,
      );
    }
    return this.#attempt(name, () => this.#answer(name, unpack(packed)));
  }

  /** What the guest answered, behind its status. */
  #answer(name: string, { at, length }: Range): Uint8Array {
    if (length < STATUS_BYTES) {
      this.#call.fault("TRAP", `an answer of ${length} bytes has no room for a status`);
    }
    const head = this.#bytes.copyOut(at, STATUS_BYTES);
    const code = new DataView(head.buffer).getUint32(0, true);
    const payload = length - STATUS_BYTES;
    const wanted = code === 0 ? payload : Math.min(payload, MAX_TEXT_BYTES);
    const bytes = this.#bytes.copyOut(at + STATUS_BYTES, wanted);
    if (code === 0) return bytes;
    throw reportedError(name, { code, message: new TextDecoder().decode(bytes) });
  }

  /** Runs code of the guest, or what it can make fail. */
  #attempt<T>(name: string, body: () => T): T {
    return attempt(CoreError, name, () => this.#call, body);
  }
}
