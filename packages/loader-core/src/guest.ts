import { FnError } from "@uni/plugin/errors";
import {
  attempt,
  CallFailure,
  CallGuest,
  creationError,
  exportCall,
  type Guest,
  type GuestCall,
  type GuestImports,
  initializers,
  MAX_TEXT_BYTES,
  runStart,
} from "@uni/wasm-rt/guest";
import { CoreError } from "./core-error.ts";
import { GuestBytes, unpack } from "./guest-bytes.ts";
import { type HostAccess, hostImports } from "./host-imports.ts";
import type { CoreImage } from "./image.ts";

const STATUS_BYTES = 4;

/** Makes a guest of a core module. */
export function createGuest(image: CoreImage, imports: GuestImports): Guest {
  return new CoreGuest(image, imports);
}

class CoreGuest extends CallGuest {
  readonly #call = new CallFailure();
  readonly #bytes = new GuestBytes(() => this.#exports, this.#call.fault);
  #exports: WebAssembly.Exports | undefined;
  #started = false;

  constructor({ module }: CoreImage, { services }: GuestImports) {
    super();
    const host = { services, call: this.#call, bytes: this.#bytes };
    this.#exports = this.#attempt("start", () => instantiate(module, host));
    // What a guest used up is asked of its instances.
    this.#call.instances.push(this.#exports);
  }

  [Symbol.dispose](): void {
    // Nothing of the guest outlives its call.
    this.#exports = undefined;
    this.#call.instances.length = 0;
  }

  protected run(call: GuestCall): Uint8Array {
    const { name, input } = exportCall(call);
    this.#start();
    const given = unpack(this.#attempt("alloc", () => this.#bytes.give(input)));
    const packed = this.#attempt(name, () => this.#export(name)?.(given.at, given.length));
    if (typeof packed !== "bigint") {
      throw new CoreError(
        "INVALID_PLUGIN",
        `expected ${name} to return an i64, got ${typeof packed}`,
      );
    }
    return this.#answer(name, unpack(packed));
  }

  /** What the guest answered, behind its status. */
  #answer(
    name: string,
    { at, length }: { readonly at: number; readonly length: number },
  ): Uint8Array {
    const copy = (from: number, bytes: number) =>
      this.#attempt(name, () => this.#bytes.copyOut(from, bytes));
    if (length < STATUS_BYTES) {
      throw new CoreError(
        "TRAP",
        `${name}: its answer of ${length} bytes has no room for a status`,
      );
    }
    const status = new DataView(copy(at, STATUS_BYTES).buffer).getUint32(0, true);
    const [from, bytes] = [at + STATUS_BYTES, length - STATUS_BYTES];
    if (status === 0) return copy(from, bytes);
    const message = new TextDecoder().decode(copy(from, Math.min(bytes, MAX_TEXT_BYTES)));
    throw new FnError({
      fnCode: status,
      message: message || `${name} failed with code ${status} and no message`,
      retryable: false,
    });
  }

  #start(): void {
    if (this.#started) return;
    this.#started = true;
    this.#attempt("start", () => runStart(this.#exports ?? {}));
    for (const name of initializers((name) => this.#export(name) !== undefined)) {
      // hs_init takes argc and argv; a function that takes nothing ignores them.
      this.#attempt(name, () => this.#export(name)?.(0, 0));
    }
  }

  #export(name: string): ((...args: unknown[]) => unknown) | undefined {
    const exported = this.#exports?.[name];
    // An exported function of WebAssembly is callable with anything that converts.
    return typeof exported === "function"
      ? (exported as (...args: unknown[]) => unknown)
      : undefined;
  }

  /** Runs code of the guest, or what it can make fail. */
  #attempt<T>(name: string, body: () => T): T {
    return attempt(CoreError, name, () => this.#call, body);
  }
}

/** Nothing of the guest runs here: a hardened module has its start function as an export. */
function instantiate(module: WebAssembly.Module, host: HostAccess): WebAssembly.Exports {
  try {
    return new WebAssembly.Instance(module, hostImports(host)).exports;
  } catch (cause) {
    throw creationError(CoreError, cause);
  }
}
