import { componentEmbed, componentNew } from "@bytecodealliance/jco-transpile/wasm-tools";
import { wasiPackages, worldSource } from "./wit-packages.ts";

/**
 * A component that imports every interface of WASI that a component may import here, with all of
 * their functions, and does nothing with them.
 *
 * @param version the 0.2 version to import them at.
 */
export async function wasiWorld(version = "0.2.12"): Promise<Uint8Array> {
  // In a single source, each package other than the first has its own block.
  const packages = [...wasiPackages().values()].map((source) =>
    source.replace(/^package (\S+);([\s\S]*)$/, "package $1 {$2}"),
  );
  const source = [worldSource(), ...packages].join("\n").replaceAll("@0.2.12", `@${version}`);
  const core = await componentEmbed({ dummy: true, witSource: source, world: "everything" });
  return componentNew(core);
}
