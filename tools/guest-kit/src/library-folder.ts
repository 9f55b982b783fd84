import { join } from "node:path";

/** A folder of the kit's library: what all ABIs share, or what is one's. */
export function libraryFolder(name: "common" | "component" | "extism"): string {
  // The same from src/, which tests run, and from dist/, which plain Node.js runs.
  return join(import.meta.dirname, "..", "assembly", name);
}
