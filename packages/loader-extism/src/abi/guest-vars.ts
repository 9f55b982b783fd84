import type { Fail } from "@uni/wasm-rt/guest";

/** What the variables of one guest may take. */
export const MAX_VAR_BYTES: number = 1 << 20;

/** The variables of one guest, which end with it: bounded, keys and values together. */
export class GuestVars {
  readonly #values = new Map<string, Uint8Array>();
  readonly #fail: Fail;
  #bytes = 0;

  constructor(fail: Fail) {
    this.#fail = fail;
  }

  get(key: string): Uint8Array | undefined {
    return this.#values.get(key);
  }

  /** Without a value the variable is taken away. */
  set(key: string, value: Uint8Array | undefined): void {
    const known = this.#values.get(key);
    const before = known === undefined ? 0 : key.length + known.byteLength;
    const after = value === undefined ? 0 : key.length + value.byteLength;
    const bytes = this.#bytes - before + after;
    if (bytes > MAX_VAR_BYTES) {
      this.#fail("RESOURCE_LIMIT", `variables take more than the limit of ${MAX_VAR_BYTES} bytes`);
    }
    this.#bytes = bytes;
    if (value === undefined) this.#values.delete(key);
    else this.#values.set(key, value);
  }
}
