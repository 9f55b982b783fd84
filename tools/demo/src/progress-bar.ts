const WIDTH = 24;
const EVERY_MS = 100;

/** A line on a terminal, with a bar where the total is known; where the stream is none, nothing. */
export class ProgressBar implements Disposable {
  readonly #stream: NodeJS.WriteStream;
  readonly #name: string;
  readonly #total: number | undefined;
  readonly #started = performance.now();
  #drawnAt = Number.NEGATIVE_INFINITY;

  constructor(stream: NodeJS.WriteStream, name: string, total: number | undefined) {
    this.#stream = stream;
    this.#name = name;
    this.#total = total;
  }

  update(done: number): void {
    const now = performance.now();
    if (!this.#stream.isTTY || now - this.#drawnAt < EVERY_MS) return;
    this.#drawnAt = now;
    const text = this.#total === undefined ? `${this.#name} …` : this.#line(done, this.#total, now);
    this.#stream.write(`\r\u001b[2K${text}`);
  }

  #line(done: number, total: number, now: number): string {
    const share = Math.min(1, done / total);
    const bar = "█".repeat(Math.round(share * WIDTH)).padEnd(WIDTH, "░");
    const rate = Math.round((done / Math.max(1, now - this.#started)) * 1000);
    const percent = `${Math.floor(share * 100)}`.padStart(3);
    return `${bar} ${percent} %  ${rate.toLocaleString("en")} flights/s  ${this.#name}`;
  }

  [Symbol.dispose](): void {
    // Erases the line: what comes next starts where the bar was.
    if (this.#stream.isTTY && this.#drawnAt > 0) this.#stream.write("\r\u001b[2K");
  }
}
