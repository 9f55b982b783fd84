import { createHash, randomUUID } from "node:crypto";
import { constants } from "node:fs";
import { chmod, lstat, mkdir, open, readdir, rename, rm, stat, utimes } from "node:fs/promises";
import { homedir } from "node:os";
import { join } from "node:path";
import { type Artifact, encodeArtifact } from "../artifact/artifact.ts";
import { readArtifact } from "../artifact/read-artifact.ts";

/** Names the folder, or is `off`. */
const VARIABLE = "UNI_COMPONENT_CACHE";
const SUFFIX = ".unicmp";
const MAX_BYTES = 1 << 30;
const STALE_MS = 3_600_000;

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

  /** The cache of a loader: its own folder, or the one of the environment, or the user's. */
  static open(option: string | false | undefined): DiskCache | undefined {
    const named = option ?? process.env[VARIABLE];
    if (named === false || named === "off") return undefined;
    const base = process.env.XDG_CACHE_HOME || join(homedir(), ".cache");
    return new DiskCache(named || join(base, "uni", "components"));
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
      await utimes(path, now, now);
      return artifact;
    } catch (error) {
      this.#warn("an entry was removed", error);
      await rm(path, { force: true });
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
      await this.#prune();
    } catch (error) {
      this.#warn("an entry was not written", error);
      await rm(unfinished, { force: true });
    }
  }

  /** Removes the entries that were not used for longest, and files that nobody finished. */
  async #prune(): Promise<void> {
    const names = await readdir(this.#folder);
    const files = await Promise.all(
      names.map(async (name) => {
        const path = join(this.#folder, name);
        const { size, mtimeMs } = await stat(path);
        return { path, size, mtimeMs, finished: name.endsWith(SUFFIX) };
      }),
    );
    let bytes = 0;
    for (const { path, size, mtimeMs, finished } of files.sort((a, b) => b.mtimeMs - a.mtimeMs)) {
      if (finished) bytes += size;
      const remove = finished ? bytes > MAX_BYTES : mtimeMs < Date.now() - STALE_MS;
      if (remove) await rm(path, { force: true });
    }
  }

  #path(key: string): string {
    const name = createHash("sha256").update(key).digest("hex");
    return join(this.#folder, `${name}${SUFFIX}`);
  }

  #usable(): Promise<boolean> {
    this.#ready ??= this.#prepare();
    return this.#ready;
  }

  async #prepare(): Promise<boolean> {
    try {
      await mkdir(this.#folder, { recursive: true, mode: 0o700 });
      const entry = await lstat(this.#folder);
      if (!entry.isDirectory()) throw new Error("it is no folder");
      requireOwn(entry);
      if ((entry.mode & 0o077) !== 0) await chmod(this.#folder, 0o700);
      return true;
    } catch (error) {
      this.#warn("it is not used", error);
      return false;
    }
  }

  #warn(what: string, error: unknown): void {
    const reason = error instanceof Error ? error.message : String(error);
    process.emitWarning(`component cache ${this.#folder}: ${what}: ${reason}`, {
      type: "UniCacheWarning",
      detail: `Name another folder with the option cache or ${VARIABLE}, or turn the cache off ("off").`,
    });
  }
}

/** The bytes of a file of this user's; undefined where there is none. */
async function readOwn(path: string): Promise<Uint8Array | undefined> {
  let file: Awaited<ReturnType<typeof open>>;
  try {
    // Neither a link to elsewhere nor a pipe that never opens. Windows knows neither flag.
    const { O_NOFOLLOW = 0, O_NONBLOCK = 0 } = constants;
    file = await open(path, constants.O_RDONLY | O_NOFOLLOW | O_NONBLOCK);
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return undefined;
    throw error;
  }
  try {
    const entry = await file.stat();
    if (!entry.isFile()) throw new Error("it is no file");
    requireOwn(entry);
    return new Uint8Array(await file.readFile());
  } finally {
    await file.close();
  }
}

function requireOwn({ uid }: { readonly uid: number }): void {
  // Windows has no such ids; there a user's folder is the user's.
  const own = process.getuid?.();
  if (own !== undefined && uid !== own) throw new Error(`it belongs to the user ${uid}`);
}
