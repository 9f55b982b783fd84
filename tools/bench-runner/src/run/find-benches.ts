import { existsSync, readdirSync } from "node:fs";
import { basename } from "node:path";
import { fileURLToPath } from "node:url";
import { BenchError } from "../bench-error.ts";

export interface Bench {
  /** `ipc` of `ipc-bench.ts`. */
  readonly name: string;
  readonly file: string;
}

const SUFFIX = "-bench.ts";

/** Every `*-bench.ts` beside the tests of the workspace, by name. */
export function findBenches(root: URL): Bench[] {
  return ["packages", "tools"]
    .flatMap((folder) => {
      const at = new URL(`${folder}/`, root);
      return readdirSync(at).map((name) => new URL(`${name}/test/`, at));
    })
    .filter((folder) => existsSync(folder))
    .flatMap((folder) => {
      const files = readdirSync(folder, { recursive: true, encoding: "utf8" });
      return files.map((file) => fileURLToPath(new URL(file, folder)));
    })
    .filter((file) => file.endsWith(SUFFIX))
    .map((file) => ({ name: basename(file, SUFFIX), file }))
    .toSorted((a, b) => (a.name < b.name ? -1 : 1));
}

/** @throws BenchError where one is asked for that there is not. */
export function chooseNames(
  names: readonly string[],
  only: readonly string[] | undefined,
): readonly string[] {
  const unknown = only?.filter((name) => !names.includes(name)) ?? [];
  if (unknown.length > 0) {
    throw new BenchError(
      `there is no bench ${unknown.map((name) => `"${name}"`).join(", ")}; there are: ${names.join(", ")}`,
    );
  }
  return only === undefined ? names : names.filter((name) => only.includes(name));
}
