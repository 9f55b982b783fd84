import { RehearsalError } from "./rehearsal-error.ts";

/** Says what is being done, and how long it took. */
export class Progress {
  readonly #failures: string[] = [];
  readonly #startedMs = performance.now();

  /** What `check` has collected. */
  get failures(): readonly string[] {
    return this.#failures;
  }

  get elapsed(): string {
    return seconds(this.#startedMs);
  }

  note(text: string): void {
    console.log(`  ${text}`);
  }

  /**
   * A step that the others stand on.
   *
   * @param work returns what it found, in a line, and what the next step needs.
   * @throws RehearsalError that names the step.
   */
  async step<T>(
    title: string,
    work: () => Promise<readonly [said: string, result: T]>,
  ): Promise<T> {
    console.log(`${title} …`);
    const startedMs = performance.now();
    try {
      const [said, result] = await work();
      console.log(`  ✓ ${said} (${seconds(startedMs)})`);
      return result;
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      console.log(`  ✗ ${title}: ${message.split("\n", 1)[0]} (${seconds(startedMs)})`);
      throw new RehearsalError(`${title}: ${message}`, { cause: error });
    }
  }

  /** A step after which the others can go on; what fails is kept for the end. */
  async check(title: string, signal: AbortSignal, work: () => Promise<string>): Promise<void> {
    try {
      await this.step(title, async () => [await work(), undefined]);
    } catch (error) {
      if (signal.aborted || !(error instanceof RehearsalError)) throw error;
      this.#failures.push(error.message);
    }
  }
}

function seconds(sinceMs: number): string {
  return `${((performance.now() - sinceMs) / 1000).toFixed(1)} s`;
}
