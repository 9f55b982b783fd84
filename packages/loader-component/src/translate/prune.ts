import { lstat, readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { isEntryName } from "./cache-folder.ts";

const MAX_BYTES = 1 << 30;
const STALE_MS = 3_600_000;

/**
 * Removes the entries of a cache that were not used for longest, beyond 1 GiB, and those that nobody
 * finished for an hour. Other files are not the cache's to touch.
 */
export async function prune(folder: string): Promise<void> {
  const names = (await readdir(folder)).filter(isEntryName);
  const files: { path: string; size: number; mtimeMs: number; finished: boolean }[] = [];
  for (const name of names) {
    const path = join(folder, name);
    const entry = await unlessGone(lstat(path));
    if (!entry?.isFile()) continue;
    const { size, mtimeMs } = entry;
    files.push({ path, size, mtimeMs, finished: name.endsWith(".unicmp") });
  }
  let bytes = 0;
  for (const { path, size, mtimeMs, finished } of files.sort((a, b) => b.mtimeMs - a.mtimeMs)) {
    if (finished) bytes += size;
    const remove = finished ? bytes > MAX_BYTES : mtimeMs < Date.now() - STALE_MS;
    if (remove) await rm(path, { force: true });
  }
}

/** Another process may remove or rename a file at any time, which is nobody's mistake. */
export async function unlessGone<T>(operation: Promise<T>): Promise<T | undefined> {
  try {
    return await operation;
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return undefined;
    throw error;
  }
}
