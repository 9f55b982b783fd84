/** Turns the bytes that a guest writes into text; a character may come in parts. */
export class OutputStream {
  readonly #emit: (text: string) => void;
  // What a guest writes is passed on as it is, a leading U+FEFF included.
  readonly #decoder = new TextDecoder("utf-8", { ignoreBOM: true });

  constructor(emit: (text: string) => void) {
    this.#emit = emit;
  }

  /** Passes on what the bytes complete. */
  write(bytes: Uint8Array): void {
    this.#pass(this.#decoder.decode(bytes, { stream: true }));
  }

  /** What is left of a character whose end never came is one U+FFFD. */
  end(): void {
    this.#pass(this.#decoder.decode());
  }

  #pass(text: string): void {
    if (text !== "") this.#emit(text);
  }
}
