import {
  CallFailure,
  type Guest,
  type GuestImports,
  MAX_TEXT_BYTES,
  type ModuleCall,
  ModuleGuest,
  reportedError,
} from "@uni/wasm-rt/guest";
import { CoreError } from "./core-error.ts";
import { GuestBytes, type Range, unpack } from "./guest-bytes.ts";
import { hostImports } from "./host-imports.ts";
import type { CoreImage } from "./image.ts";

const STATUS_BYTES = 4;

/** Makes a guest of a core module. */
export function createGuest(image: CoreImage, imports: GuestImports): Guest {
  return new CoreGuest(image, imports, new CallFailure());
}

class CoreGuest extends ModuleGuest<CoreError> {
  readonly #call: CallFailure;
  readonly #bytes: GuestBytes;
  /** Where the answer of the call before is. */
  #answered: Range | undefined;

  constructor({ module }: CoreImage, { services }: GuestImports, call: CallFailure) {
    super(CoreError, call);
    this.#call = call;
    this.#bytes = new GuestBytes(() => this.exports, call.fault);
    this.instantiate(module, () => hostImports({ services, call, bytes: this.#bytes }));
  }

  protected invoke({ name, input, exported }: ModuleCall): Uint8Array {
    const { at, length } = this.attempt("alloc", () => {
      if (this.#answered !== undefined) this.#bytes.giveBack(this.#answered);
      return unpack(this.#bytes.give(input));
    });
    const packed = this.attempt(name, () => exported(at, length));
    if (typeof packed !== "bigint") {
      throw new CoreError(
        "INVALID_PLUGIN",
        `expected ${name} to return an i64, got ${typeof packed}`,
      );
    }
    this.#answered = unpack(packed);
    return this.attempt(name, () => this.#answer(name, unpack(packed)));
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
}
