import { describe, expect, test } from "vitest";
import type { RegisteredPlugin } from "../../src/index.ts";
import { multiply } from "../host-functions/multiply.ts";
import { range } from "../host-functions/range.ts";
import { sum } from "../host-functions/sum.ts";
import { refusal } from "../refusal.ts";
import { expectInPlace, first, ID, registryOfFirst, second, versions } from "./two-versions.ts";

describe("PluginRegistry.replace of what cannot be replaced", () => {
  test.each(["ai.example", "ai.example.MATH"])("refuses a plugin %s that is not there", (id) => {
    const { registry } = registryOfFirst();
    const message = refusal("NOT_FOUND", () =>
      registry.replace({ info: { id, version: "2.0.0" }, scalars: [multiply(`${id}.f`)] }),
    );
    expect(message).toBe(
      `no plugin ${id} is registered that version 2.0.0 could replace; register it`,
    );
    refusal("NOT_FOUND", () => registry.procedure(`${id}.f`));
    expect(versions(registry)).toEqual(["ai.before 1.0.0", `${ID} 1.0.0`, "ai.after 1.0.0"]);
  });

  test("refuses a plugin that was removed", () => {
    const { registry } = registryOfFirst();
    registry.remove(ID);
    refusal("NOT_FOUND", () => registry.replace(second()));
    expect(versions(registry)).toEqual(["ai.before 1.0.0", "ai.after 1.0.0"]);
  });

  test.each<["DUPLICATE" | "REGISTRATION_INVALID", Partial<RegisteredPlugin>]>([
    ["DUPLICATE", { aggregates: [sum(`${ID}.kept`)] }],
    ["DUPLICATE", { procedures: [range(`${ID}.f`), range(`${ID}.f`)] }],
    ["REGISTRATION_INVALID", { procedures: [range("ai.after.f")] }],
  ])("refuses with %s a bad plugin, and leaves the old one as it was (%#)", (code, offer) => {
    const old = first();
    const { registry, unregister } = registryOfFirst(old);
    const message = refusal(code, () => registry.replace({ ...second(), ...offer }));
    expect(message).toContain(ID);
    expectInPlace(registry, old);
    expect(versions(registry)).toEqual(["ai.before 1.0.0", `${ID} 1.0.0`, "ai.after 1.0.0"]);
    refusal("NOT_FOUND", () => registry.scalar(`${ID}.added`));
    expect(unregister()).toBe(true);
    expect(versions(registry)).toEqual(["ai.before 1.0.0", "ai.after 1.0.0"]);
  });
});
