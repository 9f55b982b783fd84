import { rename, rm, writeFile } from "node:fs/promises";

/** Writes a file under another name and renames it: nobody sees half of it, whatever happens. */
export async function writeWhole(path: string, text: string, signal: AbortSignal): Promise<void> {
  const unfinished = `${path}.${process.pid}.tmp`;
  try {
    await writeFile(unfinished, text, { signal });
    signal.throwIfAborted();
    await rename(unfinished, path);
  } catch (error) {
    await rm(unfinished, { force: true });
    throw error;
  }
}
