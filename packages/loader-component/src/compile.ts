import { compileModules, hasStart, type PluginLimits } from "@uni/wasm-rt";
import type { Artifact } from "./artifact/artifact.ts";
import { ComponentError } from "./component-error.ts";
import type { ComponentImage } from "./image.ts";
import { provided } from "./link/provided.ts";
import { requireWorld } from "./world.ts";

/** Compiles the core modules of a component that was taken apart, bounded by the limits. */
export async function compile(
  { plan, modules }: Artifact,
  limits: PluginLimits,
): Promise<ComponentImage> {
  requireWorld(plan);
  const counted = modules.map((bytes, i) => ({
    bytes,
    instances: plan.instances.filter(({ module }) => module === i).length,
  }));
  return {
    plan,
    modules: await compileModules(ComponentError, counted, limits),
    hasStart: modules.some((bytes) => hasStart(bytes)),
    hostImports: plan.imports.flatMap((imported) => {
      const found = provided(imported);
      return found?.kind === "embedder" ? [found.name] : [];
    }),
  };
}
