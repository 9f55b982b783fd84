import { chmod, lstat, mkdir, readdir } from "node:fs/promises";
import { homedir } from "node:os";
import { isAbsolute, join } from "node:path";
import { warnAboutCache } from "./cache-warning.ts";

/** Names the folder, or is `off`. */
const VARIABLE = "UNI_COMPONENT_CACHE";

/** An entry, or one that is being written and has a UUID behind its name. */
const ENTRY = /^[0-9a-f]{64}\.unicmp(?:\.[0-9a-f-]{36})?$/;

/** Whether a file of a cache's folder is the cache's. */
export function isEntryName(name: string): boolean {
  return ENTRY.test(name);
}

/** The folder that a loader's option, the environment or the user's home names; undefined for none. */
export function cacheFolder(option: string | false | undefined): string | undefined {
  const named = option ?? process.env[VARIABLE];
  if (named === false || named === "off") return undefined;
  if (named) return named;
  const { XDG_CACHE_HOME: xdg = "" } = process.env;
  // XDG Base Directory Specification: a relative path is invalid and to be ignored.
  if (isAbsolute(xdg)) return join(xdg, "uni", "components");
  try {
    return join(homedir(), ".cache", "uni", "components");
  } catch (error) {
    // A container may run as a user whom its system does not know.
    warnAboutCache("there is none, since the user has no home", error);
    return undefined;
  }
}

/** Makes the folder, or sees to it that an existing one is the user's and closed to others. */
export async function prepareFolder(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const entry = await lstat(folder);
  if (!entry.isDirectory()) throw new Error("it is no folder");
  requireOwn(entry);
  if ((entry.mode & 0o077) === 0) return;
  if (!(await readdir(folder)).every(isEntryName)) {
    throw new Error("others may use it, and it holds files that are not the cache's");
  }
  await chmod(folder, 0o700);
}

/** @throws Error for what another user may write. */
export function requireOwn({ uid }: { readonly uid: number }): void {
  // Windows has no such ids; there a user's folder is the user's.
  const own = process.getuid?.();
  if (own !== undefined && uid !== own) throw new Error(`it belongs to the user ${uid}`);
}
