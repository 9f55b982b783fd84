import { availableParallelism } from "node:os";
import { setTimeout as sleep } from "node:timers/promises";
import { setGuestThreadLimit } from "@uni/wasm-rt";
import { beforeEach, describe, expect, it, onTestFinished, vi } from "vitest";
import { loadCanned } from "../canned-scalar.ts";
import { loadWat, user } from "../wat-plugin.ts";
import { bytesGiven, LENGTH, loadHeld, one } from "./held-plugin.ts";
import { loadCounting, open } from "./session-plugin.ts";

const LOST =
  "ai.example.stateful.bump cannot be called: its session has ended, since its guest is gone: the thread it was on ended";

/** From here on, all sessions are on one thread. */
function onOneThread(): void {
  setGuestThreadLimit(1);
  onTestFinished(() => setGuestThreadLimit(availableParallelism()));
}

describe("a session that is idle", () => {
  beforeEach(onOneThread);

  it("leaves its thread to others, and finds its guest there afterwards", async () => {
    const { plugin, bump } = await loadCounting();
    using first = open(bump);
    using second = open(bump);
    for (const i of [1, 3, 5]) {
      const counts = await Promise.all([first.invoke(one), second.invoke(one), bump.invoke(one)]);
      expect(counts.map((column) => column.get(0))).toEqual([i, i, 1]);
      expect(first.invokeSync(one).get(0)).toBe(i + 1);
      expect(second.invokeSync(one).get(0)).toBe(i + 1);
    }
    expect(plugin.pool.metrics.live).toBe(2);
  });

  it("takes turns with those that are new to its thread", async () => {
    const { bump } = await loadCounting({ pool: { maxInstances: 20 } });
    using first = open(bump);
    await first.invoke(one);
    const sessions = Array.from({ length: 8 }, () => open(bump));
    const calls = sessions.map((session) => session.invoke(one));
    const own = Array.from({ length: 8 }, () => first.invoke(one));
    expect((await Promise.all(calls)).map((column) => column.get(0))).toEqual(Array(8).fill(1));
    expect((await Promise.all(own)).map((column) => column.get(0))).toEqual([
      2, 3, 4, 5, 6, 7, 8, 9,
    ]);
    for (const session of sessions) session[Symbol.dispose]();
  });

  it("is over, and its slot is free, where a call of another session ends its thread", async () => {
    const { plugin, bump } = await loadCounting();
    const session = open(bump);
    await session.invoke(one);
    const { scalar } = await loadCanned({ kind: "loop" }, { limits: { timeoutMs: 300 } });
    const calls = [open(scalar).invoke(one), session.invoke(one)];
    expect(await Promise.allSettled(calls)).toMatchObject([
      { status: "rejected", reason: { code: "TIMEOUT" } },
      { status: "rejected", reason: { code: "CLOSED", message: LOST } },
    ]);
    await vi.waitFor(() => expect(plugin.pool.metrics.live).toBe(0));
    await expect(session.invoke(one)).rejects.toMatchObject({ code: "CLOSED", message: LOST });
    expect(() => session.invokeSync(one)).toThrow(expect.objectContaining({ message: LOST }));
    using next = open(bump);
    expect((await next.invoke(one)).get(0)).toBe(1);
  });

  it("gives its slot back without a call that finds out", async () => {
    const { plugin, bump } = await loadCounting();
    const session = open(bump);
    await session.invoke(one);
    const { scalar } = await loadCanned({ kind: "loop" }, { limits: { timeoutMs: 300 } });
    await expect(open(scalar).invoke(one)).rejects.toMatchObject({ code: "TIMEOUT" });
    await vi.waitFor(() => expect(plugin.pool.metrics.live).toBe(0));
    await expect(session.invoke(one)).rejects.toMatchObject({ code: "CLOSED", message: LOST });
  });

  it.each(["invoke", "invokeSync"] as const)(
    "refuses a synchronous call while its thread is another session's, and is as %s left it",
    async (way) => {
      const { bump } = await loadCounting();
      using session = open(bump);
      expect((await session[way](one)).get(0)).toBe(1);
      const held = await loadHeld();
      const call = open(held.scalar).invoke(one);
      await held.underWay(1);
      expect(() => session.invokeSync(one)).toThrow(
        expect.objectContaining({
          code: "RESOURCE_LIMIT",
          message: expect.stringMatching(/the thread of its guest runs a call of another session/),
        }),
      );
      held.letGo();
      await expect(call).rejects.toMatchObject({ code: "FN_ERROR" });
      expect((await session.invoke(one)).get(0)).toBe(2);
    },
  );

  it("is untouched by single calls that end their threads", async () => {
    const { bump } = await loadCounting();
    using session = open(bump);
    await session.invoke(one);
    const { scalar } = await loadCanned({ kind: "loop" }, { limits: { timeoutMs: 300 } });
    const looping = [scalar.invoke(one), scalar.invoke(one)];
    for (const call of looping) await expect(call).rejects.toMatchObject({ code: "TIMEOUT" });
    expect((await session.invoke(one)).get(0)).toBe(2);
  });
});

describe("sessions on guest threads", () => {
  it("are each on a thread of their own where there are as many", async () => {
    setGuestThreadLimit(2);
    onTestFinished(() => setGuestThreadLimit(availableParallelism()));
    const { bump } = await loadCounting();
    using session = open(bump);
    await session.invoke(one);
    const { scalar } = await loadCanned({ kind: "loop" }, { limits: { timeoutMs: 200 } });
    await expect(open(scalar).invoke(one)).rejects.toMatchObject({ code: "TIMEOUT" });
    expect((await session.invoke(one)).get(0)).toBe(2);
  });

  it("go on where the limit of threads is less than what they are on", async () => {
    onOneThread();
    setGuestThreadLimit(3);
    const { bump } = await loadCounting();
    const sessions = [open(bump), open(bump), open(bump)];
    for (const session of sessions) await session.invoke(one);
    setGuestThreadLimit(1);
    await sleep(20);
    for (const calls of [2, 3]) {
      const counts = await Promise.all(sessions.map((session) => session.invoke(one)));
      expect(counts.map((column) => column.get(0))).toEqual([calls, calls, calls]);
    }
    for (const session of sessions) session[Symbol.dispose]();
  });

  it("are over with a thread that dies by itself", async () => {
    const { plugin, scalar } = await loadWat(
      { imports: user("exits") + LENGTH, body: bytesGiven("exits") },
      {},
      {
        hostFunctions: [
          { name: "exits", docs: "", module: new URL("./host-module.ts", import.meta.url) },
        ],
      },
    );
    const session = open(scalar);
    await expect(session.invoke(one)).rejects.toMatchObject({ code: "INTERNAL" });
    await expect(session.invoke(one)).rejects.toMatchObject({
      code: "CLOSED",
      message: expect.stringMatching(/an earlier call failed: .*its guest thread ended/),
      cause: { code: "INTERNAL" },
    });
    await vi.waitFor(() => expect(plugin.pool.metrics.live).toBe(0));
  });
});
