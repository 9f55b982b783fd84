import { expect } from "vitest";
import { PluginRegistry, type RegisteredPlugin } from "../../src/index.ts";
import { multiply } from "../host-functions/multiply.ts";
import { range } from "../host-functions/range.ts";
import { sum } from "../host-functions/sum.ts";

export const ID = "ai.example.math";

/** Version 1 has `kept`, `dropped`, a sum and a range. */
export function first(): RegisteredPlugin {
  return {
    info: { id: ID, version: "1.0.0" },
    scalars: [multiply(`${ID}.kept`, 2), multiply(`${ID}.dropped`)],
    aggregates: [sum(`${ID}.sum`)],
    procedures: [range(`${ID}.range`, 2)],
  };
}

/** Version 2 drops one scalar function and adds another, and `sum` becomes a procedure. */
export function second(): RegisteredPlugin {
  return {
    info: { id: ID, version: "2.0.0" },
    scalars: [multiply(`${ID}.kept`, 3), multiply(`${ID}.added`)],
    procedures: [range(`${ID}.range`, 3), range(`${ID}.sum`)],
  };
}

/** A registry with version 1 between two other plugins. */
export function registryOfFirst(plugin = first()): {
  registry: PluginRegistry;
  unregister: () => boolean;
} {
  const registry = new PluginRegistry();
  registry.register({
    info: { id: "ai.before", version: "1.0.0" },
    scalars: [multiply("ai.before.f")],
  });
  const unregister = registry.register(plugin);
  registry.register({
    info: { id: "ai.after", version: "1.0.0" },
    aggregates: [sum("ai.after.f")],
  });
  return { registry, unregister };
}

export function versions(registry: PluginRegistry): string[] {
  return registry.plugins().map(({ id, version }) => `${id} ${version}`);
}

/** Every function of `plugin` is the one that the registry finds. */
export function expectInPlace(registry: PluginRegistry, plugin: RegisteredPlugin): void {
  for (const each of plugin.scalars ?? []) expect(registry.scalar(`${each.name}`)).toBe(each);
  for (const each of plugin.aggregates ?? []) expect(registry.aggregate(`${each.name}`)).toBe(each);
  for (const each of plugin.procedures ?? []) expect(registry.procedure(`${each.name}`)).toBe(each);
  expect(registry.plugins()).toContain(plugin.info);
}
