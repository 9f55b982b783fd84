import { describe, expect, test } from "vitest";
import { PluginRegistry, type RegisteredPlugin } from "../../src/index.ts";
import { batchOf } from "../batch-of.ts";
import { multiply } from "../host-functions/multiply.ts";
import { range } from "../host-functions/range.ts";
import { sum } from "../host-functions/sum.ts";
import { refusal } from "../refusal.ts";

const ID = "ai.example.math";

/** A registry with one plugin that has a function of every surface. */
function mathRegistry(): PluginRegistry {
  const registry = new PluginRegistry();
  registry.register({
    info: { id: ID, version: "1.0.0" },
    scalars: [multiply(`${ID}.double`)],
    aggregates: [sum(`${ID}.sum`)],
    procedures: [range(`${ID}.range`)],
  });
  return registry;
}

describe("PluginRegistry.aggregate", () => {
  test("finds an aggregate whose groups can be merged", async () => {
    const aggregate = mathRegistry().aggregate("AI.Example.Math.SUM");
    const [here, there] = [aggregate.createAccumulator(), aggregate.createAccumulator()];
    here.updateSync(batchOf({ arg0: [1, null, 2.5] }));
    await there.update(batchOf({ arg0: [10] }));
    expect(here.evaluateSync()).toBe(3.5);
    here.mergeSync([there.state(), there.state()]);
    expect(await here.evaluate()).toBe(23.5);
    expect(await there.evaluate()).toBe(10);
  });
});

describe("PluginRegistry.procedure", () => {
  test("finds a procedure that gives batches", async () => {
    const procedure = mathRegistry().procedure("AI.Example.Math.RANGE");
    const args = batchOf({ arg0: Int32Array.of(1), arg1: Int32Array.of(6) });
    const batches = procedure.invokeSync(args);
    expect(batches.map((batch) => [...(batch.getChild("yield0") ?? [])])).toEqual([
      [1, 2],
      [3, 4],
      [5],
    ]);
    const rows: unknown[] = [];
    for await (const batch of procedure.invoke(args)) rows.push(...(batch.getChildAt(0) ?? []));
    expect(rows).toEqual([1, 2, 3, 4, 5]);
  });

  test("finds a procedure that gives nothing", () => {
    const none = batchOf({ arg0: Int32Array.of(6), arg1: Int32Array.of(6) });
    expect(mathRegistry().procedure(`${ID}.range`).invokeSync(none)).toEqual([]);
  });
});

describe("a look-up", () => {
  test("finds the very object that was registered", () => {
    const registry = new PluginRegistry();
    const [double, total, numbers] = [
      multiply(`${ID}.double`),
      sum(`${ID}.sum`),
      range(`${ID}.range`),
    ];
    const info = { id: ID, version: "1.0.0" };
    registry.register({ info, scalars: [double], aggregates: [total], procedures: [numbers] });
    expect(registry.scalar(`${ID}.double`)).toBe(double);
    expect(registry.aggregate(`${ID}.sum`)).toBe(total);
    expect(registry.procedure(`${ID}.range`)).toBe(numbers);
  });

  test("does not find a function of another surface", () => {
    const registry = mathRegistry();
    expect(refusal("NOT_FOUND", () => registry.scalar(`${ID}.sum`))).toBe(
      `no scalar function is named ${ID}.sum; registered: ${ID}.double`,
    );
    expect(refusal("NOT_FOUND", () => registry.aggregate(`${ID}.range`))).toBe(
      `no aggregate is named ${ID}.range; registered: ${ID}.sum`,
    );
    expect(refusal("NOT_FOUND", () => registry.procedure(`${ID}.double`))).toBe(
      `no procedure is named ${ID}.double; registered: ${ID}.range`,
    );
  });

  test("tells names apart by case within their surface alone", () => {
    const registry = new PluginRegistry();
    registry.register({
      info: { id: ID, version: "1.0.0" },
      scalars: [multiply(`${ID}.f`)],
      aggregates: [sum(`${ID}.F`)],
      procedures: [range(`${ID}.total`), range(`${ID}.Total`)],
    });
    expect(registry.scalar(`${ID}.F`).name.local).toBe("f");
    expect(registry.aggregate(`${ID}.f`).name.local).toBe("F");
    expect(refusal("NOT_FOUND", () => registry.procedure(`${ID}.TOTAL`))).toBe(
      `${ID}.TOTAL could be any of the procedures ${ID}.total, ${ID}.Total; write it in their case`,
    );
  });
});

describe("a plugin of several surfaces", () => {
  const offers: readonly Partial<RegisteredPlugin>[] = [
    { scalars: [multiply(`${ID}.f`)], aggregates: [sum(`${ID}.f`)] },
    { scalars: [multiply(`${ID}.f`)], procedures: [range(`${ID}.f`)] },
    { aggregates: [sum(`${ID}.f`)], procedures: [range(`${ID}.f`)] },
    { aggregates: [sum(`${ID}.f`), sum(`${ID}.f`)] },
    { procedures: [range(`${ID}.f`), range(`${ID}.f`)] },
  ];

  test.each(offers)("is refused whole where two functions have one name (%#)", (offer) => {
    const registry = new PluginRegistry();
    const message = refusal("DUPLICATE", () =>
      registry.register({ info: { id: ID, version: "1.0.0" }, ...offer }),
    );
    expect(message).toBe(`${ID} offers the function ${ID}.f twice`);
    expect(registry.plugins()).toEqual([]);
    for (const surface of ["scalar", "aggregate", "procedure"] as const) {
      const listed = refusal("NOT_FOUND", () => registry[surface](`${ID}.f`));
      expect(listed).toContain("none is registered");
    }
  });

  test.each<Partial<RegisteredPlugin>>([
    { aggregates: [sum("ai.other.f")] },
    { procedures: [range("ai.other.f")] },
  ])("is refused whole where a function is outside its id (%#)", (offer) => {
    const registry = new PluginRegistry();
    const scalars = [multiply(`${ID}.double`)];
    const message = refusal("REGISTRATION_INVALID", () =>
      registry.register({ info: { id: ID, version: "1.0.0" }, scalars, ...offer }),
    );
    expect(message).toContain(`ai.other.f cannot be registered by ${ID}`);
    refusal("NOT_FOUND", () => registry.scalar(`${ID}.double`));
  });

  test("leaves with every one of its functions, whatever became of the caller's arrays", () => {
    const registry = new PluginRegistry();
    const aggregates = [sum(`${ID}.sum`)];
    const procedures = [range(`${ID}.range`)];
    registry.register({ info: { id: ID, version: "1.0.0" }, aggregates, procedures });
    aggregates.length = 0;
    procedures[0] = range(`${ID}.other`);
    expect(registry.aggregate(`${ID}.sum`).name.local).toBe("sum");
    expect(registry.remove(ID)).toBe(true);
    refusal("NOT_FOUND", () => registry.aggregate(`${ID}.sum`));
    refusal("NOT_FOUND", () => registry.procedure(`${ID}.range`));
  });

  test("may have no function of any surface", () => {
    const registry = new PluginRegistry();
    const unregister = registry.register({ info: { id: ID, version: "1.0.0" } });
    expect(registry.plugins()).toEqual([{ id: ID, version: "1.0.0" }]);
    expect(unregister()).toBe(true);
    expect(registry.plugins()).toEqual([]);
  });
});
