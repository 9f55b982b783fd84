import { compileModules, hasStart, type PluginLimits } from "@uni/wasm-rt";
import { ComponentError } from "./component-error.ts";
import type { ComponentImage } from "./image.ts";
import { provided } from "./link/provided.ts";
import { requireName } from "./plan/names.ts";
import type { PlannedComponent } from "./plan/plan.ts";
import { requireWorld } from "./world.ts";

/** Compiles the core modules of a component that was taken apart, bounded by the limits. */
export async function compile(
  component: PlannedComponent,
  limits: PluginLimits,
): Promise<ComponentImage> {
  const { plan } = component;
  requireWorld(plan);
  const modules = await compileCores(component, limits);
  return {
    plan,
    modules,
    hasStart: modules.some(hasStart),
    fuel: limits.fuelPerCall,
    hostImports: plan.imports.flatMap((imported) => {
      const found = provided(imported);
      return found?.kind === "embedder" ? [found.name] : [];
    }),
  };
}

async function compileCores(
  { plan, modules }: PlannedComponent,
  limits: PluginLimits,
): Promise<WebAssembly.Module[]> {
  const counted = modules.map((bytes, i) => ({
    bytes,
    instances: plan.instances.filter(({ module }) => module === i).length,
  }));
  const compiled = await compileModules(ComponentError, counted, limits);
  // Those that nothing refers to as well: the engine's messages show what a module imports.
  for (const module of compiled) {
    for (const { name } of WebAssembly.Module.exports(module))
      requireName(name, "name of a core export");
    for (const { module: from, name } of WebAssembly.Module.imports(module)) {
      requireName(from, "name of a core import");
      requireName(name, "name of a core import");
    }
  }
  return compiled;
}
