import { setTimeout as sleep } from "node:timers/promises";
import { cannedExtismGuest } from "@uni/fixtures";
import { registrationOf } from "@uni/loader-tests";
import { describe, expect, it, vi } from "vitest";
import { ExtismLoader } from "../../src/index.ts";
import { loadCanned } from "../canned-scalar.ts";
import { loadWat, user } from "../wat-plugin.ts";
import { bytesGiven, LENGTH, loadHeld, one } from "./held-plugin.ts";

/** A plugin whose call loops for ever, after it has told so. */
const loadLooping = (started: () => void) =>
  loadWat(
    {
      imports: user("started"),
      body: "(drop (call $started (i64.const 0))) (loop $forever (br $forever)) (unreachable)",
    },
    {},
    {
      hostFunctions: [
        {
          name: "started",
          docs: "Says that the call is under way.",
          call: () => {
            started();
            return new Uint8Array();
          },
        },
      ],
    },
  );

describe("a call under way", () => {
  it("does not hold up the thread of its caller", async () => {
    const { scalar } = await loadCanned({ kind: "loop" }, { limits: { timeoutMs: 300 } });
    let ticks = 0;
    const ticking = setInterval(() => {
      ticks += 1;
    }, 5);
    await expect(scalar.invoke(one)).rejects.toMatchObject({ code: "TIMEOUT" });
    clearInterval(ticking);
    expect(ticks).toBeGreaterThan(10);
  });

  it("is ended by its signal, and its neighbours go on", async () => {
    const controller = new AbortController();
    const reason = new Error("the user left");
    const { plugin, scalar } = await loadLooping(() =>
      setTimeout(() => controller.abort(reason), 20),
    );
    const neighbour = await loadHeld();
    const beside = neighbour.start();
    await neighbour.underWay(1);
    const looping = scalar.invoke(one, { signal: controller.signal });
    await expect(looping).rejects.toMatchObject({
      name: "ExtismError",
      code: "ABORTED",
      message: "ai.example.wat.f was aborted; its guest was ended",
      cause: reason,
    });
    expect(plugin.pool.metrics).toEqual({ hits: 0, misses: 1, exhausted: 0, live: 0 });
    neighbour.letGo();
    expect(await beside).toBe("done");
  });

  it("is ended by its signal when a host function of it aborts a synchronous call", async () => {
    const controller = new AbortController();
    const { plugin, scalar } = await loadWat(
      {
        imports: user("leave") + LENGTH,
        body: `(loop $forever (drop ${bytesGiven("leave")}) (br $forever)) (unreachable)`,
      },
      {},
      {
        hostFunctions: [
          {
            name: "leave",
            docs: "Aborts the call.",
            call: () => {
              controller.abort();
              return new Uint8Array();
            },
          },
        ],
      },
    );
    expect(() => scalar.invokeSync(one, { signal: controller.signal })).toThrow(
      expect.objectContaining({ code: "ABORTED" }),
    );
    await vi.waitFor(() => expect(plugin.pool.metrics.live).toBe(0));
  });

  it("that waits for a host function which never answers ends at its deadline", async () => {
    const { plugin, start } = await loadHeld({ limits: { timeoutMs: 100 } });
    expect(await start()).toMatchObject({ code: "TIMEOUT" });
    expect(plugin.pool.metrics.live).toBe(0);
  });

  it("is ended when its plugin is destroyed, which does not wait for it", async () => {
    let started = () => {};
    const begun = new Promise<void>((resolve) => {
      started = resolve;
    });
    const { plugin, scalar } = await loadLooping(() => started());
    const refused = expect(scalar.invoke(one)).rejects.toMatchObject({
      code: "CLOSED",
      message: "ai.example.wat.f was ended: its plugin was destroyed",
    });
    await begun;
    await plugin.destroy();
    await refused;
    expect(plugin.pool.metrics.live).toBe(0);
  });
});

describe("a loader", () => {
  it("that is destroyed ends what it is loading, and what its plugins are calling", async () => {
    const loader = new ExtismLoader();
    const echo = await loader.load(
      await cannedExtismGuest({
        register: registrationOf(),
        functions: { invoke_ai_example_canned_f: { kind: "loop" } },
      }),
    );
    const calling = echo.scalars[0]?.invoke(one);
    const refused = expect(calling).rejects.toMatchObject({ code: "CLOSED" });
    const looping = loader.load(await cannedExtismGuest({ register: { kind: "loop" } }));
    const unloaded = expect(looping).rejects.toMatchObject({
      code: "CLOSED",
      message: "the loader was closed",
    });
    await sleep(100);
    await loader.destroy();
    await Promise.all([refused, unloaded]);
  });

  it("closes its plugins and loads no more", async () => {
    const loader = new ExtismLoader();
    const held = await loadHeld();
    const canned = await loadCanned({ kind: "echo" });
    await canned.plugin.close();
    await loader.close();
    await expect(loader.load(new Uint8Array())).rejects.toMatchObject({
      code: "CLOSED",
      message: "the loader was closed",
    });
    const call = held.start();
    await held.underWay(1);
    held.letGo();
    expect(await call).toBe("done");
  });
});
