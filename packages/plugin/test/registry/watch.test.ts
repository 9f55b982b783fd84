import { describe, expect, test } from "vitest";
import { PluginRegistry, type RegistryChange } from "../../src/index.ts";
import { plugin } from "./registry-of.ts";
import { expectInPlace, first, ID, registryOfFirst, second, versions } from "./two-versions.ts";

/** What a change was, in a line. */
function told({ added, removed }: RegistryChange): string {
  return `${removed?.info.version ?? "-"} > ${added?.info.version ?? "-"}`;
}

describe("PluginRegistry.watch", () => {
  test("has each change checked before it is made, and followed after", () => {
    const { registry } = registryOfFirst();
    const log: string[] = [];
    const unwatch = registry.watch({
      check: (change) => log.push(`check ${told(change)}, has ${versions(registry)[1]}`),
      changed: (change) => log.push(`changed ${told(change)}, has ${versions(registry)[1]}`),
    });
    registry.replace(second());
    registry.remove(ID);
    expect(registry.remove(ID)).toBe(false);
    unwatch();
    registry.register(first());
    expect(log).toEqual([
      `check 1.0.0 > 2.0.0, has ${ID} 1.0.0`,
      `changed 1.0.0 > 2.0.0, has ${ID} 2.0.0`,
      `check 2.0.0 > -, has ${ID} 2.0.0`,
      "changed 2.0.0 > -, has ai.after 1.0.0",
    ]);
  });

  test("lets a watcher refuse a change, and nothing has changed then", () => {
    const one = first();
    const { registry } = registryOfFirst(one);
    const followed: string[] = [];
    registry.watch({ changed: (change) => followed.push(told(change)) });
    registry.watch({
      check: ({ added }) => {
        if (added !== undefined) throw new Error(`no room for ${added.info.id}`);
      },
      changed: (change) => followed.push(told(change)),
    });
    expect(() => registry.replace(second())).toThrow(`no room for ${ID}`);
    expect(() => registry.register(plugin("ai.new"))).toThrow("no room for ai.new");
    expectInPlace(registry, one);
    expect(versions(registry)).toEqual(["ai.before 1.0.0", `${ID} 1.0.0`, "ai.after 1.0.0"]);
    expect(followed).toEqual([]);
  });

  test("tells of what the function that register returned took out", () => {
    const registry = new PluginRegistry();
    const followed: string[] = [];
    registry.watch({ changed: (change) => followed.push(told(change)) });
    const unregister = registry.register(first());
    expect(
      registry.registered().map(({ info, scalars }) => [info.version, scalars.length]),
    ).toEqual([["1.0.0", 2]]);
    expect(unregister()).toBe(true);
    expect(unregister()).toBe(false);
    expect(followed).toEqual(["- > 1.0.0", "1.0.0 > -"]);
    expect(registry.registered()).toEqual([]);
  });
});
