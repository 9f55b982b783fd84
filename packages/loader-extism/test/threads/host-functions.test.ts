import { AsyncLocalStorage } from "node:async_hooks";
import { availableParallelism } from "node:os";
import { threadId } from "node:worker_threads";
import { FnError } from "@uni/plugin";
import { type HostFunction, setGuestThreadLimit } from "@uni/wasm-rt";
import { describe, expect, it, onTestFinished } from "vitest";
import { loadCanned } from "../canned-scalar.ts";
import { loadWat, user } from "../wat-plugin.ts";
import { bytesGiven, LENGTH, one } from "./held-plugin.ts";

/** Loads a plugin that calls the host function, and gives how many bytes it got. */
async function asking(hostFunction: HostFunction, manifest: object = {}) {
  const capabilities = ["scalar-fn", ...(hostFunction.requires ? [hostFunction.requires] : [])];
  const { name } = hostFunction;
  const { scalar } = await loadWat(
    {
      imports: user(name) + LENGTH,
      body: bytesGiven(name),
      manifest: { capabilities, ...manifest },
    },
    { grants: capabilities },
    { hostFunctions: [hostFunction] },
  );
  const bytes = (error: unknown) => {
    if (error instanceof FnError) return error.fnCode - 1;
    throw error;
  };
  return {
    invoke: () => scalar.invoke(one).then(() => 0, bytes),
    invokeSync: () => {
      try {
        scalar.invokeSync(one);
        return 0;
      } catch (error) {
        return bytes(error);
      }
    },
  };
}

const closure = (call: () => Uint8Array | Promise<Uint8Array>): HostFunction => ({
  name: "ask",
  docs: "In: nothing. Out: bytes.",
  call,
});

describe("a host function that is a closure", () => {
  it("runs on the host's thread, awaited or not", async () => {
    const seen: number[] = [];
    const { invoke, invokeSync } = await asking(
      closure(() => {
        seen.push(threadId);
        return new Uint8Array(7);
      }),
    );
    expect([await invoke(), invokeSync()]).toEqual([7, 7]);
    expect(seen).toEqual([threadId, threadId]);
  });

  it("may answer later, where its caller waits asynchronously", async () => {
    const { invoke, invokeSync } = await asking(
      closure(async () => {
        await new Promise((resolve) => setTimeout(resolve, 20));
        return new Uint8Array(9);
      }),
    );
    expect(await invoke()).toBe(9);
    expect(invokeSync).toThrow(
      expect.objectContaining({
        code: "INTERNAL",
        message:
          "the host function ask is asynchronous: invokeSync cannot wait for it; call invoke",
      }),
    );
  });

  it("runs in its caller's asynchronous context", async () => {
    const storage = new AsyncLocalStorage<number>();
    const { invoke } = await asking(closure(() => new Uint8Array(storage.getStore() ?? 0)));
    const both = await Promise.all([storage.run(3, invoke), storage.run(5, invoke)]);
    expect(both).toEqual([3, 5]);
  });

  it("may call another plugin, whatever else the threads do", async () => {
    setGuestThreadLimit(1);
    onTestFinished(() => setGuestThreadLimit(availableParallelism()));
    const inner = await loadCanned({ kind: "echo" });
    const later = await asking(
      closure(async () => new Uint8Array((await inner.scalar.invoke(one)).length + 1)),
    );
    const atOnce = await asking(
      closure(() => new Uint8Array(inner.scalar.invokeSync(one).length + 2)),
    );
    expect(await later.invoke()).toBe(2);
    expect(await Promise.all([later.invoke(), later.invoke(), later.invoke()])).toEqual([2, 2, 2]);
    expect([atOnce.invokeSync(), await atOnce.invoke()]).toEqual([3, 3]);
  });
});

describe("a host function that is a module's", () => {
  const module = new URL("./host-module.ts", import.meta.url);

  it("runs on the thread of its guest", async () => {
    const { invoke, invokeSync } = await asking({ name: "thread_id", docs: "Out: bytes.", module });
    const threads = [await invoke(), invokeSync()];
    expect(threads).not.toContain(threadId);
    expect(threads.every((id) => id > 0)).toBe(true);
  });

  it("knows what its plugin may ask for", async () => {
    const capability = { kind: "rates", allow: ["eu*"] };
    const rates = { name: "allowed", docs: "Out: bytes.", requires: "rates", module };
    const manifest = { capabilities: ["scalar-fn", capability] };
    const { invoke, invokeSync } = await asking(rates, manifest);
    expect([await invoke(), invokeSync()]).toEqual([1, 1]);
  });

  it.each([
    ["throws", "fails", "the host function fails failed: no rates today"],
    [
      "is asynchronous",
      "later",
      "the host function later is asynchronous: where its guest runs nobody can wait for it",
    ],
  ])("that %s is the embedder's mistake, and said so", async (_what, name, message) => {
    const { invoke, invokeSync } = await asking({ name, docs: "", module });
    await expect(invoke()).rejects.toMatchObject({
      name: "ExtismError",
      code: "INTERNAL",
      message,
    });
    expect(invokeSync).toThrow(expect.objectContaining({ code: "INTERNAL", message }));
  });

  it("that is not there keeps its plugin from loading", async () => {
    await expect(asking({ name: "missing", docs: "", module })).rejects.toMatchObject({
      code: "INTERNAL",
      message: expect.stringMatching(/host-module\.ts exports no function missing/),
    });
  });

  it("needs a module or a closure, and not both", async () => {
    const both = { ...closure(() => new Uint8Array()), module } as unknown as HostFunction;
    for (const wrong of [both, { name: "ask", docs: "" } as HostFunction]) {
      await expect(asking(wrong)).rejects.toThrow(
        /ask needs either call, a function, or module, a URL/,
      );
    }
  });
});
