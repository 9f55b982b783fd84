import { PluginRegistry } from "@uni/plugin";
import { describe, expect, it } from "vitest";
import { attachedTo, connect, rowsOf } from "./database.ts";
import { plugin, primitive, procedure, scalar } from "./host-plugin.ts";
import { loadHostile } from "./hostile.ts";

const double = primitive("float64");

describe.each(["inline", "thread"] as const)("a plugin that misbehaves, %s", (isolation) => {
  it.each([
    ["loop", /failed with TIMEOUT: .*250 ms/],
    ["trap", /failed with TRAP: .*the guest said: I \\u\{1b\}\[31mdied/],
    ["fail", /failed with FN_ERROR \d+: .*no such place/],
    ["garbage", /failed with (OUTPUT_DECODE|IPC): ./],
    ["bomb", /failed with (RESOURCE_LIMIT|TRAP|FN_ERROR \d+|OUTPUT_DECODE): ./],
  ])("by a %s ends its query only", async (local, expected) => {
    const registry = new PluginRegistry();
    await loadHostile(registry, isolation);
    // Only who never ends is to meet a deadline, however busy the machine is.
    const timeoutMs = local === "loop" ? 250 : 20_000;
    const { failure, rows, instance } = await attachedTo([], { timeoutMs }, registry);
    const second = await connect(instance);
    const [message, neighbour] = await Promise.all([
      failure(`SELECT sum(ai_example_hostile_${local}(i)) FROM range(1000000) r(i)`),
      rowsOf(second, "SELECT count(*) FROM range(3000000) r(i) WHERE i % 3 = 0"),
    ]);
    expect(message).toContain(`ai.example.hostile.${local} of plugin ai.example.hostile 6.6.6`);
    expect(message).toMatch(expected);
    expect(message).not.toMatch(/\p{Cc}/u);
    expect(neighbour).toEqual([["1000000"]]);
    expect(await rows("SELECT 42")).toEqual([[42]]);
    // In the middle of a query, after many chunks that were well.
    const late = await failure(
      `SELECT sum(CASE WHEN i < 100000 THEN i ELSE ai_example_hostile_${local}(i) END) FROM range(200000) r(i)`,
    );
    expect(late).toMatch(expected);
    expect(await rows("SELECT 43")).toEqual([[43]]);
  });
});

describe("a host's own functions that throw", () => {
  it("fail their query, whatever they throw", async () => {
    const thrown = [new RangeError("too far"), "a text", undefined];
    const scalars = thrown.map((error, i) =>
      scalar(`ai.a.f${i}`, [double], double, () => {
        throw error;
      }),
    );
    const procedures = [
      procedure("ai.a.p", { args: [double], yields: [double] }, () => {
        throw new RangeError("no table");
      }),
      procedure("ai.a.short", { args: [], yields: [double, double] }, () => []),
    ];
    const { failure, rows } = await attachedTo([plugin("ai.a", { scalars, procedures })]);
    const prefix = (name: string) =>
      `ai.a.${name} of plugin ai.a 1.0.0 failed with an unexpected error:`;
    expect(await failure("SELECT ai_a_f0(1)")).toContain(`${prefix("f0")} too far`);
    expect(await failure("SELECT ai_a_f1(1)")).toContain(`${prefix("f1")} a text`);
    expect(await failure("SELECT ai_a_f2(1)")).toContain(`${prefix("f2")} undefined`);
    expect(await failure("FROM ai_a_p(1)")).toContain(`${prefix("p")} no table`);
    expect(await rows("FROM ai_a_short()")).toEqual([]);
  });
});
