// The validator's bounds: size, time, threads, and components that are cut off.
import { readComponent } from "@uni/fixtures";
import { describe, expect, it, vi } from "vitest";
import { decodeComponent } from "../../src/binary/decode-component.ts";
import { ComponentError } from "../../src/index.ts";
import { resolveComponent } from "../../src/plan/resolve.ts";
import { loaderOf, refusal } from "../load.ts";
import { observe } from "../translate/observe.ts";
import { unharmed } from "./unharmed.ts";

const geo = readComponent("geo");

describe("a component that is too large", () => {
  it("is refused at once, and no thread is started for it", async () => {
    const { threads } = observe();
    const huge = new Uint8Array(100 * 2 ** 20);
    huge.set(geo);
    const start = performance.now();
    const error = await refusal(huge, {}, loaderOf({ isolation: "inline" }));
    expect(error).toMatchObject({
      code: "RESOURCE_LIMIT",
      message: "the component has 104857600 bytes, and the limit is 67108864 (maxComponentBytes)",
    });
    expect(performance.now() - start).toBeLessThan(2000);
    expect(threads).toEqual([]);
  });

  it("is one that the host says is", async () => {
    const tight = loaderOf({ isolation: "inline", maxComponentBytes: geo.length - 1 });
    expect((await refusal(geo, {}, tight)).code).toBe("RESOURCE_LIMIT");
    const exact = loaderOf({ isolation: "inline", maxComponentBytes: geo.length });
    expect((await exact.load(geo)).id).toBe("ai.example.geo");
  });
});

describe("a component whose validation takes too long", () => {
  it("is refused with the limit, its thread is gone, and the next one loads", async () => {
    const { threads } = observe();
    const error = await refusal(geo, {}, loaderOf({ isolation: "inline", validationTimeoutMs: 1 }));
    expect(error).toMatchObject({
      code: "TIMEOUT",
      message: "the component was not validated within 1 ms",
    });
    expect(threads).toHaveLength(1);
    // Node.js, worker_threads: the id of a thread that has ended is -1.
    expect(threads[0]?.threadId).toBe(-1);
    expect((await loaderOf({ isolation: "inline" }).load(geo)).id).toBe("ai.example.geo");
  });
});

describe("many loads at once", () => {
  it("of one component validate it once, and each gets a plugin of its own", async () => {
    const { threads } = observe();
    const loader = loaderOf({ isolation: "inline" });
    const plugins = await Promise.all(Array.from({ length: 20 }, () => loader.load(geo)));
    expect(new Set(plugins).size).toBe(20);
    await loader.load(geo.slice());
    expect(threads).toHaveLength(1);
    await plugins[0]?.close();
    expect(plugins[1]?.pool.metrics.live).toBe(0);
  });

  it("of a component that is refused are refused all, and it is validated anew the next time", async () => {
    const { threads } = observe();
    const loader = loaderOf({ isolation: "inline" });
    const bytes = geo.subarray(0, 5000);
    const errors = await Promise.all(Array.from({ length: 5 }, () => refusal(bytes, {}, loader)));
    expect(new Set(errors.map(({ message }) => message)).size).toBe(1);
    expect(threads).toHaveLength(1);
    await refusal(bytes, {}, loader);
    expect(threads).toHaveLength(2);
  });

  it("of several components take at most four threads at a time, and leave none", async () => {
    const { threads } = observe();
    let most = 0;
    const timer = setInterval(() => {
      most = Math.max(most, threads.filter(({ threadId }) => threadId !== -1).length);
    }, 1);
    const names = ["geo", "stats", "text", "vec", "stateful", "probe"] as const;
    try {
      await Promise.all(
        names.map((name) => loaderOf({ isolation: "inline" }).load(readComponent(name))),
      );
    } finally {
      clearInterval(timer);
    }
    expect(threads).toHaveLength(names.length);
    expect(most).toBeGreaterThan(0);
    expect(most).toBeLessThanOrEqual(4);
    expect(threads.every(({ threadId }) => threadId === -1)).toBe(true);
  });

  it("print nothing, whatever the validator says when it breaks", async () => {
    const spy = vi.spyOn(process.stderr, "write").mockReturnValue(true);
    try {
      await refusal(geo.subarray(0, 9000), {}, loaderOf({ isolation: "inline" }));
      expect(spy).not.toHaveBeenCalled();
    } finally {
      spy.mockRestore();
    }
  });
});

describe("a component that is cut off", () => {
  it("is refused wherever that is, through the loader", async () => {
    const loader = loaderOf({ isolation: "inline" });
    const cuts = Array.from({ length: 16 }, (_, i) => Math.floor(((i + 0.5) * geo.length) / 16));
    const errors = await unharmed(() =>
      Promise.all(cuts.map((length) => refusal(geo.subarray(0, length), {}, loader))),
    );
    for (const error of errors) {
      expect(error.code).toBe("INVALID_PLUGIN");
      expect(error.message).toMatch(/^the component is not valid: |does not export/);
    }
    expect((await loader.load(geo)).id).toBe("ai.example.geo");
  }, 60_000);

  it("is refused wherever that is, also where no validator has seen it", () => {
    const strangers: unknown[] = [];
    let refused = 0;
    for (let length = 8; length < geo.length; length++) {
      try {
        resolveComponent(decodeComponent(geo.subarray(0, length)));
      } catch (error) {
        if (error instanceof ComponentError && error.code === "INVALID_PLUGIN") refused++;
        else strangers.push([length, error]);
      }
    }
    expect(strangers).toEqual([]);
    // Between two sections it is a component; there are some dozens of them.
    expect(geo.length - 8 - refused).toBeLessThan(100);
  });
});
