const WIDTH = 30;
const EVERY_MS = 100;

/** A bar on a terminal; where the stream is none, it prints nothing. */
export class ProgressBar implements Disposable {
  readonly #stream: NodeJS.WriteStream;
  readonly #total: number;
  readonly #unit: string;
  readonly #started = performance.now();
  #drawnAt = Number.NEGATIVE_INFINITY;

  constructor(stream: NodeJS.WriteStream, total: number, unit: string) {
    this.#stream = stream;
    this.#total = total;
    this.#unit = unit;
  }

  update(done: number): void {
    const now = performance.now();
    if (!this.#stream.isTTY || (now - this.#drawnAt < EVERY_MS && done < this.#total)) return;
    this.#drawnAt = now;
    const share = Math.min(1, done / this.#total);
    const bar = "█".repeat(Math.round(share * WIDTH)).padEnd(WIDTH, "░");
    const rate = Math.round((done / Math.max(1, now - this.#started)) * 1000);
    const percent = `${Math.floor(share * 100)}`.padStart(3);
    this.#stream.write(
      `\r${bar} ${percent} %  ${done.toLocaleString("en")} ${this.#unit}  ${rate.toLocaleString("en")}/s `,
    );
  }

  [Symbol.dispose](): void {
    // Erases the line: what comes next starts where the bar was.
    if (this.#stream.isTTY && this.#drawnAt > 0) this.#stream.write("\r\u001b[2K");
  }
}
