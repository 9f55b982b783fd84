import { createHash } from "node:crypto";
import { subscribe, unsubscribe } from "node:diagnostics_channel";
import { cannedExtismGuest, readFixture } from "@uni/fixtures";
import { registrationOf } from "@uni/loader-tests";
import type { CallEnded, ChannelPayloads } from "@uni/wasm-rt";
import { afterEach, describe, expect, it } from "vitest";
import { ExtismLoader } from "../src/index.ts";
import { loadHeld, one } from "./threads/held-plugin.ts";
import { loadCounting, open } from "./threads/session-plugin.ts";
import { loadWat } from "./wat-plugin.ts";

const stops: (() => void)[] = [];
afterEach(() => {
  for (const stop of stops.splice(0)) stop();
});

/** Listens to a channel until the test is over. */
function on<K extends keyof ChannelPayloads>(
  name: K,
  listener: (message: ChannelPayloads[K]) => void,
): void {
  // What is published on a channel is what its name stands for.
  const typed = (message: unknown) => listener(message as ChannelPayloads[K]);
  subscribe(name, typed);
  stops.push(() => unsubscribe(name, typed));
}

/** What a channel publishes until the test is over. */
function published<K extends keyof ChannelPayloads>(name: K): ChannelPayloads[K][] {
  const messages: ChannelPayloads[K][] = [];
  on(name, (message) => messages.push(message));
  return messages;
}

describe.each(["thread", "inline"] as const)("the times of a call, %s", (isolation) => {
  const parts = ({ stagesMs }: CallEnded) => Object.values(stagesMs).map((ms) => ms ?? 0);

  it("are never negative, and together no longer than the call", async () => {
    const ended = published("uni:call:end");
    const { plugin, bump } = await loadCounting({}, isolation);
    await Promise.all(Array.from({ length: 20 }, () => bump.invoke(one)));
    using session = open(bump);
    await Promise.all(Array.from({ length: 20 }, () => session.invoke(one)));
    bump.invokeSync(one);
    expect(ended).toHaveLength(41);
    for (const end of ended) {
      const times = parts(end);
      expect(Math.min(...times)).toBeGreaterThanOrEqual(0);
      // But for the last bits of the sum.
      expect(times.reduce((a, b) => a + b)).toBeLessThanOrEqual(end.durationMs + 1e-6);
    }
    await plugin.close();
  });

  it("have building the guest only where it was built for the call", async () => {
    const ended = published("uni:call:end");
    const { plugin, bump } = await loadCounting({ spares: 1 }, isolation);
    await expect.poll(() => plugin.stats().spares.ready).toBe(1);
    await bump.invoke(one);
    using session = open(bump);
    await session.invoke(one);
    await session.invoke(one);
    const built = ended.map(({ stagesMs }) => stagesMs.instantiate !== undefined);
    expect([built[0], built[2]]).toEqual([false, false]);
    await plugin.close();
  });
});

describe("a call that never had a guest", () => {
  it("has waited, and neither sent nor executed anything", async () => {
    const ended = published("uni:call:end");
    const { plugin, start, underWay, letGo } = await loadHeld({ pool: { maxInstances: 1 } });
    const first = start();
    await underWay(1);
    expect(await start({ timeoutMs: 20 })).toMatchObject({ code: "TIMEOUT" });
    expect(ended).toMatchObject([{ errorCode: "TIMEOUT", bytesIn: 0, bytesOut: 0 }]);
    expect(ended[0]?.stagesMs).toMatchObject({
      wait: expect.any(Number),
      instantiate: undefined,
      execute: undefined,
      decode: undefined,
    });
    letGo();
    await first;
    await plugin.close();
  });

  it("counts as one that failed, with what the caller did wrong", async () => {
    const { plugin, bump } = await loadCounting();
    await expect(bump.invoke(one, { timeoutMs: -1 })).rejects.toThrow(TypeError);
    await plugin.close();
    await expect(bump.invoke(one)).rejects.toMatchObject({ code: "CLOSED" });
    expect(plugin.stats().failures).toEqual({ OTHER: 1, CLOSED: 1 });
  });
});

describe("what a function says of its failure", () => {
  it("is not in the events, which have its code", async () => {
    const ended = published("uni:call:end");
    const bytes = await cannedExtismGuest({
      register: registrationOf(),
      functions: {
        invoke_ai_example_canned_f: { kind: "fail", status: 3, message: "row is 4711" },
      },
    });
    await using plugin = await new ExtismLoader().load(bytes);
    await expect(plugin.scalars[0]?.invoke(one)).rejects.toThrow(/4711/);
    expect(ended).toMatchObject([{ errorCode: "FN_ERROR" }]);
    expect(JSON.stringify(ended)).not.toContain("4711");
  });
});

describe("a load", () => {
  it("is told of with what was loaded, and its plugin's end", async () => {
    const started = published("uni:load:start");
    const ended = published("uni:load:end");
    const gone = published("uni:plugin:end");
    const bytes = readFixture("geo");
    const plugin = await new ExtismLoader().load(bytes, { config: { key: "a secret" } });
    expect(started).toEqual([{ abiField: "abi-extism" }]);
    expect(ended).toEqual([
      {
        load: started[0],
        durationMs: expect.any(Number),
        sha256: createHash("sha256").update(bytes).digest("hex"),
        pluginId: "ai.example.geo",
        pluginVersion: plugin.version,
        plugin,
        errorCode: undefined,
      },
    ]);
    expect(ended[0]?.load).toBe(started[0]);
    expect(JSON.stringify(ended)).not.toContain("secret");
    expect(gone).toEqual([]);
    await plugin.close();
    await plugin.close();
    expect(gone.map((end) => end.plugin)).toEqual([plugin]);
    for (const message of [...started, ...ended, ...gone]) {
      expect(Object.isFrozen(message)).toBe(true);
    }
  });

  it("that fails is told of with as much as was known", async () => {
    const ended = published("uni:load:end");
    await using loader = new ExtismLoader();
    await expect(loader.load(Uint8Array.of(1))).rejects.toThrow();
    const bytes = await cannedExtismGuest({ register: "no JSON" });
    await expect(loader.load(bytes)).rejects.toThrow();
    await loader.close();
    await expect(loader.load(bytes)).rejects.toThrow();
    expect(
      ended.map(({ errorCode, pluginId, sha256 }) => [errorCode, pluginId, sha256?.length]),
    ).toEqual([
      ["INVALID_PLUGIN", undefined, 64],
      ["MANIFEST_INVALID", "ai.example.canned", 64],
      ["CLOSED", undefined, undefined],
    ]);
    expect(ended.map(({ plugin }) => plugin)).toEqual([undefined, undefined, undefined]);
  });
});

describe("a message of a plugin", () => {
  it("cannot be changed by one subscriber for the next", async () => {
    const said = published("uni:log");
    const text = `{"level":"warn","message":"plain"}`;
    const bytes = `(data (i32.const 1024) "${text.replaceAll('"', '\\"')}")`;
    const { plugin, scalar } = await loadWat({
      imports: `(import "extism:host/env" "log_warn" (func $warn (param i64)))`,
      fields: bytes,
      body: `(call $warn (call $block (i32.const 1024) (i32.const ${text.length}))) (i32.const 1)`,
    });
    await expect(scalar.invoke(one)).rejects.toThrow();
    expect(said).toHaveLength(1);
    expect(Object.isFrozen(said[0])).toBe(true);
    await plugin.close();
  });
});

describe("a subscriber", () => {
  it("that throws breaks neither a call nor a load", async () => {
    const thrown: unknown[] = [];
    process.setUncaughtExceptionCaptureCallback((error) => thrown.push(error));
    stops.push(() => process.setUncaughtExceptionCaptureCallback(null));
    const names: (keyof ChannelPayloads)[] = [
      ...(["uni:load:start", "uni:load:end", "uni:plugin:end"] as const),
      ...(["uni:call:start", "uni:call:end"] as const),
    ];
    for (const name of names) {
      on(name, () => {
        throw new Error(name);
      });
    }
    const { plugin, bump } = await loadCounting();
    expect([...(await bump.invoke(one))]).toEqual([1]);
    expect([...bump.invokeSync(one)]).toEqual([1]);
    await plugin.close();
    const messages = () => thrown.map((error) => (error instanceof Error ? error.message : error));
    await expect.poll(() => new Set(messages())).toEqual(new Set(names));
  });
});
