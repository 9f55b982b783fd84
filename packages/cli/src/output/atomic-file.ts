import { randomBytes } from "node:crypto";
import { rmSync, type Stats } from "node:fs";
import { type FileHandle, open, realpath, rename, rm, stat } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { fileError, systemCode } from "../errors/file-error.ts";

const underWay = new Set<string>();

/** Removes what is half-written, where a process ends without waiting for anything. */
export function removeHalfWritten(): void {
  for (const path of underWay) rmSync(path, { force: true });
}

/**
 * A file that is there as a whole or not at all: it is written beside its place, and moved there at
 * the end. What is no ordinary file, such as a device or a pipe, is written as it comes.
 */
export class AtomicFile implements AsyncDisposable {
  /** Where it is written. */
  readonly path: string;
  /** Whether that is the place itself. */
  readonly isDirect: boolean;
  readonly #name: string;
  readonly #place: string;
  #handle: FileHandle | undefined;

  private constructor(name: string, place: string, path: string, handle: FileHandle) {
    this.#name = name;
    this.#place = place;
    this.path = path;
    this.isDirect = path === place;
    this.#handle = handle;
    if (!this.isDirect) underWay.add(path);
  }

  /** @throws CliError `OUTPUT` where it cannot be created. */
  static async create(name: string): Promise<AtomicFile> {
    try {
      const existing = await statOf(name);
      if (existing !== undefined && !existing.isFile()) {
        return new AtomicFile(name, name, name, await open(name, "w"));
      }
      // A link stays one: the file that it leads to is replaced.
      const place = existing === undefined ? name : await realpath(name);
      const temporary = `.${basename(place)}.${randomBytes(6).toString("hex")}.tmp`;
      const path = join(dirname(place), temporary);
      const mode = existing === undefined ? 0o666 : existing.mode & 0o777;
      return new AtomicFile(name, place, path, await open(path, "wx", mode));
    } catch (cause) {
      throw fileError("OUTPUT", "write", name, cause);
    }
  }

  /** @throws CliError `OUTPUT`. */
  async write(chunk: string | Uint8Array): Promise<void> {
    const bytes = typeof chunk === "string" ? Buffer.from(chunk) : chunk;
    await this.#attempt(async () => {
      for (let at = 0; at < bytes.length; ) {
        const written = await this.#handle?.write(bytes, at);
        at += written?.bytesWritten ?? bytes.length;
      }
    });
  }

  /** Puts it in its place. @throws CliError `OUTPUT`. */
  async commit(): Promise<void> {
    await this.#attempt(async () => {
      await this.#close();
      if (this.isDirect) return;
      await rename(this.path, this.#place);
      underWay.delete(this.path);
    });
  }

  /** Removes it, unless it is in its place. */
  async [Symbol.asyncDispose](): Promise<void> {
    await this.#close().catch(() => {});
    if (!underWay.delete(this.path)) return;
    await rm(this.path, { force: true });
  }

  async #close(): Promise<void> {
    const handle = this.#handle;
    this.#handle = undefined;
    await handle?.close();
  }

  async #attempt(work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (cause) {
      throw fileError("OUTPUT", "write", this.#name, cause);
    }
  }
}

async function statOf(path: string): Promise<Stats | undefined> {
  try {
    return await stat(path);
  } catch (error) {
    if (systemCode(error) === "ENOENT") return undefined;
    throw error;
  }
}
