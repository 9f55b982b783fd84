import { createHash, randomUUID } from "node:crypto";
import { constants } from "node:fs";
import { open, rename, rm, utimes } from "node:fs/promises";
import { join } from "node:path";
import { type Artifact, encodeArtifact } from "../artifact/artifact.ts";
import { readArtifact } from "../artifact/read-artifact.ts";
import { cacheFolder, prepareFolder, requireOwn } from "./cache-folder.ts";
import { warnAboutCache } from "./cache-warning.ts";
import { prune, unlessGone } from "./prune.ts";

/**
 * Artifacts in files, for the next process. Only the user may read or write the folder; a file is the
 * artifact of its key or is removed. A folder that cannot be used costs time and fails nothing.
 */
export class DiskCache {
  readonly #folder: string;
  #ready: Promise<boolean> | undefined;

  constructor(folder: string) {
    this.#folder = folder;
  }

  /** The cache of a loader: in its own folder, or the environment's, or the user's. */
  static open(option: string | false | undefined): DiskCache | undefined {
    const folder = cacheFolder(option);
    return folder === undefined ? undefined : new DiskCache(folder);
  }

  async read(key: string): Promise<Artifact | undefined> {
    if (!(await this.#usable())) return undefined;
    const path = this.#path(key);
    try {
      const bytes = await readOwn(path);
      if (bytes === undefined) return undefined;
      const artifact = readArtifact(bytes);
      if (artifact.key !== key) throw new Error(`it is the entry of another key: ${artifact.key}`);
      const now = new Date();
      await unlessGone(utimes(path, now, now));
      return artifact;
    } catch (error) {
      this.#warn("an entry cannot be used", error);
      await this.#remove(path);
      return undefined;
    }
  }

  async write(artifact: Artifact): Promise<void> {
    if (!(await this.#usable())) return;
    const path = this.#path(artifact.key);
    const unfinished = `${path}.${randomUUID()}`;
    try {
      const file = await open(unfinished, "wx", 0o600);
      try {
        await file.writeFile(encodeArtifact(artifact));
      } finally {
        await file.close();
      }
      // Whoever reads meanwhile sees a whole entry or none.
      await rename(unfinished, path);
      await prune(this.#folder);
    } catch (error) {
      this.#warn("an entry was not written", error);
      await this.#remove(unfinished);
    }
  }

  async #remove(path: string): Promise<void> {
    try {
      await rm(path, { force: true });
    } catch (error) {
      this.#warn("an entry was not removed", error);
    }
  }

  #path(key: string): string {
    return join(this.#folder, `${createHash("sha256").update(key).digest("hex")}.unicmp`);
  }

  async #prepare(): Promise<boolean> {
    try {
      await prepareFolder(this.#folder);
      return true;
    } catch (error) {
      this.#warn("it is not used", error);
      return false;
    }
  }

  #usable(): Promise<boolean> {
    this.#ready ??= this.#prepare();
    return this.#ready;
  }

  #warn(what: string, error: unknown): void {
    warnAboutCache(what, error, this.#folder);
  }
}

/** The bytes of a file of this user's; undefined where there is none. */
async function readOwn(path: string): Promise<Uint8Array | undefined> {
  // Neither a link to elsewhere nor a pipe that never opens. Windows knows neither flag.
  const { O_NOFOLLOW = 0, O_NONBLOCK = 0 } = constants;
  const file = await unlessGone(open(path, constants.O_RDONLY | O_NOFOLLOW | O_NONBLOCK));
  if (file === undefined) return undefined;
  try {
    const entry = await file.stat();
    if (!entry.isFile()) throw new Error("it is no file");
    requireOwn(entry);
    return new Uint8Array(await file.readFile());
  } finally {
    await file.close();
  }
}
