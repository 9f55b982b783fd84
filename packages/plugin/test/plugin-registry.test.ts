import { RecordBatch, tableFromArrays } from "apache-arrow";
import { describe, expect, test } from "vitest";
import {
  PluginError,
  PluginRegistry,
  type RegisteredPlugin,
  type ScalarFunction,
} from "../src/index.ts";
import { multiply } from "./host-function.ts";
import { thrownBy } from "./thrown-by.ts";

function plugin(
  id: string,
  scalars: readonly ScalarFunction[] = [],
  version = "1.0.0",
): RegisteredPlugin {
  return { info: { id, version }, scalars };
}

/** A registry with one plugin of functions of these local names. */
function registryOf(id: string, ...locals: string[]): PluginRegistry {
  const registry = new PluginRegistry();
  registry.register(
    plugin(
      id,
      locals.map((local) => multiply(`${id}.${local}`)),
    ),
  );
  return registry;
}

function refusal(code: string, run: () => unknown): string {
  const error = thrownBy(run);
  expect(error).toBeInstanceOf(PluginError);
  expect(error).toMatchObject({ code });
  return (error as PluginError).message;
}

describe("PluginRegistry.scalar", () => {
  test("finds a function that can be called", async () => {
    const registry = registryOf("ai.example.math", "double");
    const [batch] = tableFromArrays({ arg0: [1, null, 2.5] }).batches;
    expect(batch).toBeInstanceOf(RecordBatch);
    const double = registry.scalar("AI.Example.math.DOUBLE");
    expect([...double.invokeSync(batch as RecordBatch)]).toEqual([2, null, 5]);
    expect([...(await double.invoke(batch as RecordBatch))]).toEqual([2, null, 5]);
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
    const [batch] = tableFromArrays({ arg0: [4.5] }).batches;
    expect(double.invokeSync(batch as RecordBatch).get(0)).toBe(9);
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
