/** A guest built for the toy ABI, in a host that keeps what it says last. */
export class ToyGuest {
  readonly lastWords: string[] = [];
  readonly exports: WebAssembly.Exports;
  readonly #memory: WebAssembly.Memory;

  constructor(wasm: Uint8Array<ArrayBuffer>) {
    const last_words = (start: number, size: number) => {
      this.lastWords.push(new TextDecoder().decode(this.#bytes(start, size)));
    };
    const module = new WebAssembly.Module(wasm);
    this.exports = new WebAssembly.Instance(module, { toy: { last_words } }).exports;
    const { memory } = this.exports;
    if (!(memory instanceof WebAssembly.Memory)) throw new Error("the guest exports no memory");
    this.#memory = memory;
  }

  /** What the call left as its output, and whether it said that it failed. */
  call(name: string, input: Uint8Array = new Uint8Array()) {
    const start = this.#function("toy_alloc")(input.length) as number;
    this.#bytes(start, input.length).set(input);
    const result = this.#function(name)(start, input.length) as bigint;
    const output = this.#bytes(Number(result >> 33n), Number(result & 0xffff_ffffn)).slice();
    return { output, failed: (result & (1n << 32n)) !== 0n };
  }

  #function(name: string): (...args: number[]) => unknown {
    const found = this.exports[name];
    if (typeof found !== "function") throw new Error(`the guest exports no function ${name}`);
    return found as (...args: number[]) => unknown;
  }

  #bytes(start: number, size: number): Uint8Array {
    return new Uint8Array(this.#memory.buffer, start, size);
  }
}
