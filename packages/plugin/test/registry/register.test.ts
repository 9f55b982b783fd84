import { describe, expect, test } from "vitest";
import { PluginRegistry } from "../../src/index.ts";
import { multiply } from "../host-functions/multiply.ts";
import { refusal } from "../refusal.ts";
import { plugin, registryOf } from "./registry-of.ts";

describe("PluginRegistry.register", () => {
  test("lists the plugins in the order in which they came", () => {
    const registry = new PluginRegistry();
    expect(registry.plugins()).toEqual([]);
    const info = { id: "ai.example.math", version: "1.0.0", description: "Sums" };
    registry.register({ info, scalars: [] });
    registry.register(plugin("ai.another", [], "2.0.0"));
    expect(registry.plugins()).toEqual([info, { id: "ai.another", version: "2.0.0" }]);
  });

  test("gives a list of plugins that is the caller's own", () => {
    const registry = registryOf("ai.example.math", "f");
    (registry.plugins() as unknown[]).length = 0;
    expect(registry.plugins()).toHaveLength(1);
  });

  test("refuses a plugin of an id that is registered, naming both versions", () => {
    const registry = registryOf("ai.example.math", "f");
    const other = plugin("ai.example.math", [multiply("ai.example.math.g")], "2.5.0");
    const message = refusal("DUPLICATE", () => registry.register(other));
    expect(message).toContain("ai.example.math");
    expect(message).toContain("1.0.0");
    expect(message).toContain("2.5.0");
    expect(registry.plugins()).toEqual([{ id: "ai.example.math", version: "1.0.0" }]);
    expect(registry.scalar("ai.example.math.f").name.local).toBe("f");
    refusal("NOT_FOUND", () => registry.scalar("ai.example.math.g"));
  });

  test.each(["ai.another.f", "ai.example.math.deep.f", "ai.example.f", "ai.example.MATH.f"])(
    "refuses %s of the plugin ai.example.math, and registers nothing of it",
    (name) => {
      const registry = registryOf("ai.other", "f");
      const scalars = [multiply("ai.example.math.first"), multiply(name)];
      const message = refusal("REGISTRATION_INVALID", () =>
        registry.register(plugin("ai.example.math", scalars)),
      );
      expect(message).toContain(`${name} cannot be registered by ai.example.math`);
      expect(registry.plugins()).toEqual([{ id: "ai.other", version: "1.0.0" }]);
      const listed = refusal("NOT_FOUND", () => registry.scalar("ai.example.math.first"));
      expect(listed).toContain("registered: ai.other.f");
      expect(listed.endsWith("ai.other.f")).toBe(true);
    },
  );

  test("refuses a function that is offered twice, and registers nothing", () => {
    const registry = new PluginRegistry();
    const scalars = ["f", "g", "f"].map((local) => multiply(`ai.example.math.${local}`));
    const message = refusal("DUPLICATE", () =>
      registry.register(plugin("ai.example.math", scalars)),
    );
    expect(message).toContain("ai.example.math.f twice");
    expect(registry.plugins()).toEqual([]);
    expect(refusal("NOT_FOUND", () => registry.scalar("ai.example.math.g"))).toContain(
      "none is registered",
    );
  });

  test("takes a plugin that it refused once it is right", () => {
    const registry = new PluginRegistry();
    const f = multiply("ai.example.math.f");
    refusal("DUPLICATE", () => registry.register(plugin("ai.example.math", [f, f])));
    registry.register(plugin("ai.example.math", [f]));
    expect(registry.scalar("ai.example.math.f")).toBe(f);
  });
});

describe("what PluginRegistry.register returns", () => {
  test("takes its plugin out, once", () => {
    const registry = registryOf("ai.another", "f");
    const unregister = registry.register(
      plugin("ai.example.math", [multiply("ai.example.math.f")]),
    );
    expect(unregister()).toBe(true);
    expect(unregister()).toBe(false);
    expect(registry.plugins()).toEqual([{ id: "ai.another", version: "1.0.0" }]);
    refusal("NOT_FOUND", () => registry.scalar("ai.example.math.f"));
  });

  test("leaves a later registration under the same id alone, even of the same plugin", () => {
    const registry = new PluginRegistry();
    const same = plugin("ai.example.math", [multiply("ai.example.math.f")]);
    const unregisterFirst = registry.register(same);
    registry.remove("ai.example.math");
    const unregisterSecond = registry.register(same);
    expect(unregisterFirst()).toBe(false);
    expect(registry.scalar("ai.example.math.f")).toBe(same.scalars?.[0]);
    expect(unregisterSecond()).toBe(true);
    expect(registry.plugins()).toEqual([]);
  });
});
