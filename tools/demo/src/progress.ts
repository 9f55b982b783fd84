import { ProgressBar } from "./progress-bar.ts";
import { count } from "./report/quantities.ts";

/** How far the job is: as a bar on a terminal, and in words for whoever stops it. */
export class Progress implements Disposable {
  readonly #stream: NodeJS.WriteStream;
  #step = "starting";
  #done = 0;
  #flights: number | undefined;
  #bar: ProgressBar | undefined;

  constructor(stream: NodeJS.WriteStream) {
    this.#stream = stream;
  }

  /** @param flights how many there are to do, where the step counts them. */
  begin(step: string, flights?: number): void {
    this.#bar?.[Symbol.dispose]();
    this.#step = step;
    this.#done = 0;
    this.#flights = flights;
    this.#bar = new ProgressBar(this.#stream, step, flights);
    this.#bar.update(0);
  }

  update(done: number): void {
    this.#done = done;
    this.#bar?.update(done);
  }

  /** Such as `distances by Extism, 1,228,800 of 3,000,000 flights`. */
  toString(): string {
    if (this.#flights === undefined) return this.#step;
    return `${this.#step}, ${count(this.#done)} of ${count(this.#flights)} flights`;
  }

  [Symbol.dispose](): void {
    this.#bar?.[Symbol.dispose]();
    this.#bar = undefined;
  }
}
