import { describe, expect, test } from "vitest";
import { batchOf } from "../batch-of.ts";
import { multiply } from "../host-functions/multiply.ts";
import { sum } from "../host-functions/sum.ts";
import { refusal } from "../refusal.ts";
import { expectInPlace, first, ID, registryOfFirst, second, versions } from "./two-versions.ts";

describe("PluginRegistry.replace", () => {
  test("puts every function of the new plugin in the place of the old one's", () => {
    const { registry } = registryOfFirst();
    const replacement = second();
    registry.replace(replacement);
    expectInPlace(registry, replacement);
    const others = "ai.before.f, ai.example.math.added, ai.example.math.kept";
    expect(refusal("NOT_FOUND", () => registry.scalar(`${ID}.dropped`))).toBe(
      `no scalar function is named ${ID}.dropped; registered: ${others}`,
    );
    expect(refusal("NOT_FOUND", () => registry.aggregate(`${ID}.SUM`))).toBe(
      `no aggregate is named ${ID}.SUM; registered: ai.after.f`,
    );
  });

  test("leaves the other plugins alone", () => {
    const { registry } = registryOfFirst();
    const [before, after] = [registry.scalar("ai.before.f"), registry.aggregate("ai.after.f")];
    registry.replace(second());
    expect(registry.scalar("ai.before.f")).toBe(before);
    expect(registry.aggregate("ai.after.f")).toBe(after);
  });

  test("lists the new plugin where the old one was, once", () => {
    const { registry } = registryOfFirst();
    registry.replace(second());
    expect(versions(registry)).toEqual(["ai.before 1.0.0", `${ID} 2.0.0`, "ai.after 1.0.0"]);
  });

  test("leaves no moment in which other code finds neither or a part of each", async () => {
    const { registry } = registryOfFirst();
    let replacing = true;
    const found = new Set<string>();
    const lookUps = (async () => {
      while (replacing) {
        const version = registry.plugins().find(({ id }) => id === ID)?.version;
        const names = ["dropped", "added", "kept"].filter((local) => {
          try {
            return registry.scalar(`${ID}.${local}`) !== undefined;
          } catch {
            return false;
          }
        });
        found.add(`${version}: ${names.join(", ")}`);
        await null;
      }
    })();
    for (let i = 0; i < 100; i++) {
      registry.replace(i % 2 === 0 ? second() : first());
      await null;
    }
    replacing = false;
    await lookUps;
    expect([...found].sort()).toEqual(["1.0.0: dropped, kept", "2.0.0: added, kept"]);
  });

  test("leaves functions that were looked up before with the old plugin", async () => {
    const { registry } = registryOfFirst();
    const kept = registry.scalar(`${ID}.kept`);
    const dropped = registry.scalar(`${ID}.dropped`);
    const numbers = registry.procedure(`${ID}.range`);
    const total = registry.aggregate(`${ID}.sum`).createAccumulator();
    total.updateSync(batchOf({ arg0: [1] }));
    registry.replace(second());

    const batch = batchOf({ arg0: [5] });
    expect(registry.scalar(`${ID}.kept`)).not.toBe(kept);
    expect(registry.scalar(`${ID}.kept`).invokeSync(batch).get(0)).toBe(15);
    expect(kept.invokeSync(batch).get(0)).toBe(10);
    expect((await dropped.invoke(batch)).get(0)).toBe(10);
    const args = batchOf({ arg0: Int32Array.of(0), arg1: Int32Array.of(3) });
    expect(numbers.invokeSync(args)).toHaveLength(2);
    expect(registry.procedure(`${ID}.range`).invokeSync(args)).toHaveLength(1);
    total.updateSync(batchOf({ arg0: [2] }));
    expect(await total.evaluate()).toBe(3);
  });

  test("leaves a procedure that is giving batches with the old plugin", async () => {
    const { registry } = registryOfFirst();
    const args = batchOf({ arg0: Int32Array.of(0), arg1: Int32Array.of(5) });
    const lengths: number[] = [];
    for await (const batch of registry.procedure(`${ID}.range`).invoke(args)) {
      lengths.push(batch.numRows);
      if (lengths.length === 1) registry.replace(second());
    }
    expect(lengths).toEqual([2, 2, 1]);
  });

  test("takes a plugin of the same version, or the very same plugin", () => {
    const same = first();
    const { registry } = registryOfFirst(same);
    const again = first();
    registry.replace(again);
    expectInPlace(registry, again);
    registry.replace(again);
    expectInPlace(registry, again);
  });

  test("makes room for a name that differed in case", () => {
    const { registry } = registryOfFirst();
    const replacement = { info: { id: ID, version: "3.0.0" }, scalars: [multiply(`${ID}.KEPT`)] };
    registry.replace(replacement);
    expect(registry.scalar(`${ID}.Kept`)).toBe(replacement.scalars[0]);
  });

  test("replaces what was registered, whatever became of the caller's array", () => {
    const aggregates = [sum(`${ID}.sum`)];
    const { registry } = registryOfFirst({ info: { id: ID, version: "1.0.0" }, aggregates });
    aggregates.length = 0;
    registry.replace(second());
    refusal("NOT_FOUND", () => registry.aggregate(`${ID}.sum`));
  });
});

describe("what PluginRegistry.replace returns", () => {
  test("takes the new plugin out, once", () => {
    const { registry } = registryOfFirst();
    const unregister = registry.replace(second());
    expect(unregister()).toBe(true);
    expect(unregister()).toBe(false);
    expect(versions(registry)).toEqual(["ai.before 1.0.0", "ai.after 1.0.0"]);
    refusal("NOT_FOUND", () => registry.scalar(`${ID}.kept`));
    refusal("NOT_FOUND", () => registry.procedure(`${ID}.range`));
  });

  test("is not what register had returned, which leaves the new plugin alone", () => {
    const plugin = first();
    const { registry, unregister } = registryOfFirst(plugin);
    // The same plugin again is another registration.
    const unregisterSecond = registry.replace(plugin);
    expect(unregister()).toBe(false);
    expectInPlace(registry, plugin);
    const replacement = second();
    const unregisterThird = registry.replace(replacement);
    expect(unregisterSecond()).toBe(false);
    expectInPlace(registry, replacement);
    expect(unregisterThird()).toBe(true);
    expect(versions(registry)).toEqual(["ai.before 1.0.0", "ai.after 1.0.0"]);
  });
});
