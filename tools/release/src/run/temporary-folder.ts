import { mkdtemp, realpath, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** A folder that is gone at the end, unless it is kept. */
export class TemporaryFolder implements AsyncDisposable {
  readonly path: string;
  readonly #keep: boolean;

  private constructor(path: string, keep: boolean) {
    this.path = path;
    this.#keep = keep;
  }

  static async create(keep: boolean): Promise<TemporaryFolder> {
    // Tools that compare paths resolve links; so does this, once.
    const path = await realpath(await mkdtemp(join(tmpdir(), "uni-release-")));
    return new TemporaryFolder(path, keep);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#keep) console.log(`kept: ${this.path}`);
    // What was just ended may still be writing.
    else await rm(this.path, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 });
  }
}
