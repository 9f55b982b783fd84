import { readFixture } from "@uni/fixtures";
import { PluginRegistry } from "@uni/plugin";
import { describe, expect, it, vi } from "vitest";
import { ExtismLoader } from "../src/index.ts";
import { ExtismSdkLoader } from "../src/sdk/index.ts";
import { one } from "./threads/held-plugin.ts";
import { loadCounting, open } from "./threads/session-plugin.ts";

describe.each(["thread", "inline"] as const)("a session, %s", (isolation) => {
  it("says which failure has ended it, and keeps that as the cause", async () => {
    const { plugin } = await loadCounting({}, isolation);
    const session = open(plugin.scalars.find(({ name }) => name.local === "boom"));
    await expect(session.invoke(one)).rejects.toMatchObject({ code: "TRAP" });
    await expect(session.invoke(one)).rejects.toMatchObject({
      name: "ExtismError",
      code: "CLOSED",
      message: expect.stringMatching(
        /^ai\.example\.stateful\.boom cannot be called: its session has ended, since an earlier call failed: invoke_ai_example_stateful_boom trapped: unreachable/,
      ),
      cause: { code: "TRAP" },
    });
    expect(plugin.pool.metrics).toMatchObject({ misses: 1, live: 0 });
  });

  it("uses a guest that was built ahead, which is as fresh as any", async () => {
    const { plugin, bump } = await loadCounting({ spares: 1 }, isolation);
    const ready = () => vi.waitFor(() => expect(plugin.stats().spares.ready).toBe(1));
    await ready();
    using session = open(bump);
    expect([(await session.invoke(one)).get(0), session.invokeSync(one).get(0)]).toEqual([1, 2]);
    await ready();
    expect(plugin.pool.metrics).toMatchObject({ misses: 2, live: 2 });
    expect((await bump.invoke(one)).get(0)).toBe(1);
  });

  it("uses the last guest that was built ahead where there is no other slot", async () => {
    const { plugin, bump } = await loadCounting(
      { spares: 1, pool: { maxInstances: 2 } },
      isolation,
    );
    await vi.waitFor(() => expect(plugin.stats().spares.ready).toBe(1));
    using first = open(bump);
    using second = open(bump);
    expect((await first.invoke(one)).get(0)).toBe(1);
    expect((await second.invoke(one)).get(0)).toBe(1);
    expect((await first.invoke(one)).get(0)).toBe(2);
    expect(plugin.pool.metrics.live).toBe(2);
  });

  it("stays on the version that it started with", async () => {
    const registry = new PluginRegistry();
    const loader = new ExtismLoader({ isolation });
    const load = (replace: boolean) => loader.load(readFixture("stateful"), { registry, replace });
    const first = await load(false);
    const name = "ai.example.stateful.bump";
    const session = open(registry.scalar(name));
    await session.invoke(one);
    await load(true);
    expect((await session.invoke(one)).get(0)).toBe(2);
    registry.remove("ai.example.stateful");
    expect((await session.invoke(one)).get(0)).toBe(3);
    await first.close();
    await expect(session.invoke(one)).rejects.toMatchObject({ code: "CLOSED" });
    await loader.close();
  });

  it("that waits for its first guest is refused when its plugin is closed, and all behind it", async () => {
    const { plugin, bump } = await loadCounting({ pool: { maxInstances: 1 } }, isolation);
    using holder = open(bump);
    await holder.invoke(one);
    const session = open(bump);
    const calls = [session.invoke(one), session.invoke(one), session.invoke(one)];
    const ended = Promise.allSettled(calls);
    await plugin.close();
    for (const outcome of await ended) {
      expect(outcome).toMatchObject({ status: "rejected", reason: { code: "CLOSED" } });
    }
    expect(plugin.pool.metrics).toMatchObject({ misses: 1, live: 0 });
  });

  it("that waits for its first guest is refused when it is disposed", async () => {
    const { plugin, bump } = await loadCounting({ pool: { maxInstances: 1 } }, isolation);
    const holder = open(bump);
    await holder.invoke(one);
    const session = open(bump);
    const calls = Promise.allSettled([session.invoke(one), session.invoke(one)]);
    session[Symbol.dispose]();
    const refusal = {
      status: "rejected",
      reason: { code: "CLOSED", message: expect.stringMatching(/since it was disposed$/) },
    };
    expect(await calls).toMatchObject([refusal, refusal]);
    expect((await holder.invoke(one)).get(0)).toBe(2);
    holder[Symbol.dispose]();
    expect(plugin.pool.metrics).toMatchObject({ misses: 1, live: 0 });
  });

  it("may be disposed in the turn in which a guest comes free for it", async () => {
    const { plugin, bump } = await loadCounting({ pool: { maxInstances: 1 } }, isolation);
    const holder = open(bump);
    await holder.invoke(one);
    const session = open(bump);
    const call = session.invoke(one);
    holder[Symbol.dispose]();
    session[Symbol.dispose]();
    await expect(call).rejects.toMatchObject({ code: "CLOSED" });
    expect(plugin.pool.metrics.live).toBe(0);
    expect((await bump.invoke(one)).get(0)).toBe(1);
  });
});

it("a function of the SDK, whose guests serve one call, opens none", async () => {
  const { scalars } = await new ExtismSdkLoader().load(readFixture("stateful"));
  expect(scalars.map(({ openSession }) => openSession)).toEqual([undefined, undefined]);
});
