import { describe, expect, test } from "vitest";
import { PluginRegistry } from "../../src/index.ts";
import { batchOf } from "../batch-of.ts";
import { multiply } from "../host-functions/multiply.ts";
import { refusal } from "../refusal.ts";
import { plugin, registryOf } from "./registry-of.ts";

describe("PluginRegistry.scalar", () => {
  test("finds a function that can be called", async () => {
    const registry = registryOf("ai.example.math", "double");
    const batch = batchOf({ arg0: [1, null, 2.5] });
    const double = registry.scalar("AI.Example.math.DOUBLE");
    expect([...double.invokeSync(batch)]).toEqual([2, null, 5]);
    expect([...(await double.invoke(batch))]).toEqual([2, null, 5]);
  });

  test("finds the function of the exact name", () => {
    const double = multiply("ai.example.math.double", 2);
    const triple = multiply("ai.example.math.triple", 3);
    const registry = new PluginRegistry();
    registry.register(plugin("ai.example.math", [double, triple]));
    expect(registry.scalar("ai.example.math.double")).toBe(double);
    expect(registry.scalar("ai.example.math.triple")).toBe(triple);
  });

  test.each(["AI.EXAMPLE.MATH.ADDONE", "ai.example.math.addone", "ai.example.math.ADDone"])(
    "finds ai.example.math.addOne as %s",
    (name) => {
      const registry = registryOf("ai.example.math", "addOne");
      expect(registry.scalar(name).name.toString()).toBe("ai.example.math.addOne");
    },
  );

  test("takes an exact match before one in another case", () => {
    for (const locals of [
      ["f", "F"],
      ["F", "f"],
    ]) {
      const registry = registryOf("ai.example.math", ...locals);
      expect(registry.scalar("ai.example.math.f").name.local).toBe("f");
      expect(registry.scalar("ai.example.math.F").name.local).toBe("F");
    }
  });

  test("refuses a name that could be one of several functions, listing them", () => {
    const registry = registryOf("ai.example.math", "addOne", "AddOne", "other");
    const message = refusal("NOT_FOUND", () => registry.scalar("ai.example.math.addone"));
    expect(message).toContain("ai.example.math.addone could be any of");
    expect(message).toContain("ai.example.math.addOne, ai.example.math.AddOne;");
    expect(message).not.toContain("other");
  });

  test("refuses a name that could be a function of one of several plugins", () => {
    const registry = registryOf("ai.example.math", "f");
    registry.register(plugin("ai.example.Math", [multiply("ai.example.Math.f")]));
    expect(registry.scalar("ai.example.Math.f").name.namespace).toBe("ai.example.Math");
    const message = refusal("NOT_FOUND", () => registry.scalar("AI.EXAMPLE.MATH.F"));
    expect(message).toContain("ai.example.math.f, ai.example.Math.f;");
  });

  test("refuses a name that nothing goes by, listing what is there in order", () => {
    const registry = registryOf("ai.example.math", "b", "a");
    registry.register(plugin("ai.another", [multiply("ai.another.c")]));
    expect(refusal("NOT_FOUND", () => registry.scalar("ai.example.math.z"))).toBe(
      "no scalar function is named ai.example.math.z; registered: ai.another.c, ai.example.math.a, ai.example.math.b",
    );
  });

  test("lists ten functions and counts the rest", () => {
    const locals = Array.from({ length: 13 }, (_, i) => `f${String(i).padStart(2, "0")}`);
    const registry = registryOf("ai.example.math", ...locals);
    const message = refusal("NOT_FOUND", () => registry.scalar("ai.example.math.z"));
    expect(message).toContain("ai.example.math.f09, and 3 more");
    expect(message).not.toContain("f10");
  });

  test("says that nothing is registered where nothing is", () => {
    const message = refusal("NOT_FOUND", () => new PluginRegistry().scalar("ai.example.math.f"));
    expect(message).toContain("ai.example.math.f");
    expect(message).toContain("none is registered");
  });

  test.each(["", "f", "__proto__", "constructor", "ai.example.math", "ai.example.math.f "])(
    "does not find %j",
    (name) => {
      const registry = registryOf("ai.example.math", "f");
      refusal("NOT_FOUND", () => registry.scalar(name));
    },
  );
});
