import { readFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import type { GuestAbi } from "../guest-abi.ts";
import { libraryFolder } from "../library-folder.ts";
import { ABI_ENTRY, abiEntryText } from "./abi-entry.ts";

/** @throws {Error} with the compiler's report. */
export async function compile(
  entry: string,
  baseDir: string,
  abi: GuestAbi,
): Promise<Uint8Array<ArrayBuffer>> {
  // The compiler takes long to load, and not all who import the kit compile.
  const { default: asc } = await import("assemblyscript/asc");
  const { PassError, transformOf } = await import("./transform.ts");
  const abiEntry = abiEntryText(abi);
  const entries = abiEntry === undefined ? [entry] : [entry, join(baseDir, ABI_ENTRY)];
  let wasm: Uint8Array<ArrayBuffer> | undefined;
  const { error, stderr } = await asc.main([...entries, ...options(baseDir, abi)], {
    readFile: (name, folder) =>
      name === ABI_ENTRY && abiEntry !== undefined ? abiEntry : read(resolve(folder, name)),
    writeFile: (_name, contents) => {
      if (typeof contents !== "string") wasm = Uint8Array.from(contents);
    },
    transforms: (abi.passes ?? []).map(transformOf),
  });
  if (error instanceof PassError) throw error;
  const report = stderr.toString().trim();
  // Warnings fail the build too: they are about narrowed numbers.
  if (error || report || wasm === undefined) throw new Error(report || error?.message);
  return wasm;
}

function options(baseDir: string, { libraries, packages = [], abort }: GuestAbi): string[] {
  return [
    ...["--baseDir", baseDir, "--outFile", "guest.wasm"],
    // A guest may serve many calls of a session. Its library collects between two of them, when no
    // object is in use but what is reachable from a global variable; none is collected during a call.
    ...["--runtime", "minimal", "-O3", "--noAssert"],
    ...[...libraries, libraryFolder("common")].flatMap((folder) => ["--lib", folder]),
    ...packages.flatMap((folder) => ["--path", folder]),
    ...["--use", `abort=${abort === undefined ? "" : `~lib/${abort}/abort`}`],
  ];
}

function read(path: string): Promise<string | null> {
  return readFile(path, "utf8").catch(() => null);
}
