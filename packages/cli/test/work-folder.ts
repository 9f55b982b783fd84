import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll } from "vitest";

/** A folder for the files of one test file, and what is in it afterwards. */
export interface WorkFolder {
  readonly path: string;
  /** Writes a file, and gives its path. */
  write(name: string, content: string | Uint8Array): string;
  at(name: string): string;
  /** The names in it, in order. */
  names(): string[];
}

/** Makes a folder that is removed behind the tests of the file. */
export function workFolder(): WorkFolder {
  const path = mkdtempSync(join(tmpdir(), "uni-cli-"));
  afterAll(() => rmSync(path, { recursive: true, force: true }));
  const at = (name: string) => join(path, name);
  return {
    path,
    at,
    write: (name, content) => {
      writeFileSync(at(name), content);
      return at(name);
    },
    names: () => readdirSync(path).toSorted(),
  };
}
