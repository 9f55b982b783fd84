import { PluginRegistry, type RegisteredPlugin, type ScalarFunction } from "../../src/index.ts";
import { multiply } from "../host-functions/multiply.ts";

export function plugin(
  id: string,
  scalars: readonly ScalarFunction[] = [],
  version = "1.0.0",
): RegisteredPlugin {
  return { info: { id, version }, scalars };
}

/** A registry with one plugin of scalar functions of these local names. */
export function registryOf(id: string, ...locals: string[]): PluginRegistry {
  const registry = new PluginRegistry();
  registry.register(
    plugin(
      id,
      locals.map((local) => multiply(`${id}.${local}`)),
    ),
  );
  return registry;
}
