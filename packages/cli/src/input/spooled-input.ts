import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** What came in a pipe, as a file for as long as its scope. */
export class SpooledInput implements AsyncDisposable {
  readonly path: string;
  readonly #folder: string;

  private constructor(folder: string, path: string) {
    this.#folder = folder;
    this.path = path;
  }

  static async write(bytes: Uint8Array, extension: string): Promise<SpooledInput> {
    const folder = await mkdtemp(join(tmpdir(), "uni-wasm-"));
    const spooled = new SpooledInput(folder, join(folder, `input.${extension}`));
    try {
      await writeFile(spooled.path, bytes);
      return spooled;
    } catch (error) {
      await spooled[Symbol.asyncDispose]();
      throw error;
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await rm(this.#folder, { recursive: true, force: true });
  }
}
