import { readFileSync } from "node:fs";
import { ComponentLoader } from "@uni/loader-component";
import { ExtismLoader } from "@uni/loader-extism";

/** The formats that the plugin is built in, with a loader for each. */
export const BUILDS = [
  { format: "extism", makeLoader: () => new ExtismLoader() },
  { format: "component", makeLoader: () => new ComponentLoader() },
] as const;

/** @throws {Error} when the plugin was not built. */
export function readBuild(format: string): Uint8Array<ArrayBuffer> {
  const file = new URL(`../dist/${format}.wasm`, import.meta.url);
  try {
    return new Uint8Array(readFileSync(file));
  } catch (cause) {
    throw new Error(`${file.pathname} is not built: run \`pnpm build\``, { cause });
  }
}
