import { describe, expect, test } from "vitest";
import { PluginRegistry } from "../../src/index.ts";
import { batchOf } from "../batch-of.ts";
import { multiply } from "../host-functions/multiply.ts";
import { refusal } from "../refusal.ts";
import { plugin, registryOf } from "./registry-of.ts";

describe("PluginRegistry.remove", () => {
  test("says whether there was such a plugin", () => {
    const registry = registryOf("ai.example.math", "f");
    expect(registry.remove("ai.example")).toBe(false);
    expect(registry.remove("ai.example.math.f")).toBe(false);
    expect(registry.remove("ai.example.math")).toBe(true);
    expect(registry.remove("ai.example.math")).toBe(false);
  });

  test("takes away the plugin's functions and no others", () => {
    const registry = registryOf("ai.example.math", "f", "g");
    registry.register(plugin("ai.example", [multiply("ai.example.f")]));
    registry.remove("ai.example.math");
    expect(registry.plugins()).toEqual([{ id: "ai.example", version: "1.0.0" }]);
    expect(registry.scalar("AI.EXAMPLE.F").name.toString()).toBe("ai.example.f");
    for (const name of ["ai.example.math.f", "AI.EXAMPLE.MATH.G"]) {
      const message = refusal("NOT_FOUND", () => registry.scalar(name));
      expect(message).toBe(`no scalar function is named ${name}; registered: ai.example.f`);
    }
  });

  test("makes a name unambiguous again", () => {
    const registry = registryOf("ai.example.math", "f");
    registry.register(plugin("ai.example.Math", [multiply("ai.example.Math.f")]));
    registry.remove("ai.example.math");
    expect(registry.scalar("AI.EXAMPLE.MATH.F").name.namespace).toBe("ai.example.Math");
  });

  test("makes room for another version", () => {
    const registry = registryOf("ai.example.math", "f", "g");
    registry.remove("ai.example.math");
    const f = multiply("ai.example.math.f", 10);
    registry.register(plugin("ai.example.math", [f], "2.0.0"));
    expect(registry.plugins()).toEqual([{ id: "ai.example.math", version: "2.0.0" }]);
    expect(registry.scalar("ai.example.math.f")).toBe(f);
    refusal("NOT_FOUND", () => registry.scalar("ai.example.math.g"));
  });

  test("takes away what was registered, whatever became of the caller's array", () => {
    const scalars = [multiply("ai.example.math.f")];
    const registry = new PluginRegistry();
    registry.register(plugin("ai.example.math", scalars));
    scalars[0] = multiply("ai.example.math.g");
    expect(registry.remove("ai.example.math")).toBe(true);
    refusal("NOT_FOUND", () => registry.scalar("ai.example.math.f"));
  });

  test("leaves a function that is held callable", () => {
    const registry = registryOf("ai.example.math", "double");
    const double = registry.scalar("ai.example.math.double");
    registry.remove("ai.example.math");
    const batch = batchOf({ arg0: [4.5] });
    expect(double.invokeSync(batch).get(0)).toBe(9);
  });
});
