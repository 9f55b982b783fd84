import { availableParallelism } from "node:os";
import { setGuestThreadLimit } from "@uni/wasm-rt";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import { loadCanned } from "../canned-scalar.ts";
import { loadWat, user } from "../wat-plugin.ts";
import { bytesGiven, LENGTH, loadHeld, one } from "./held-plugin.ts";

const module = new URL("./host-module.ts", import.meta.url);

async function loadCalling(name: string) {
  return loadWat(
    { imports: user(name) + LENGTH, body: bytesGiven(name) },
    {},
    { hostFunctions: [{ name, docs: "", module }] },
  );
}

describe("a guest thread that dies by itself", () => {
  it.each([
    ["exits", "INTERNAL", /its guest thread ended: the thread exited with 3/],
    ["fills", "RESOURCE_LIMIT", /its guest thread ran out of memory/],
  ])(
    "because its host function %s fails the call on it and no other",
    async (name, code, message) => {
      const { plugin, scalar } = await loadCalling(name);
      const neighbour = await loadHeld();
      const beside = neighbour.start();
      await neighbour.underWay(1);
      await expect(scalar.invoke(one)).rejects.toMatchObject({
        name: "ExtismError",
        code,
        message: expect.stringMatching(message),
      });
      expect(plugin.pool.metrics.live).toBe(0);
      neighbour.letGo();
      expect(await beside).toBe("done");
      const { scalar: echo } = await loadCanned({ kind: "echo" });
      expect([...(await echo.invoke(one))]).toEqual([1]);
    },
  );

  it("is replaced for those that wait for it", async () => {
    setGuestThreadLimit(1);
    onTestFinished(() => setGuestThreadLimit(availableParallelism()));
    const { scalar } = await loadCalling("exits");
    const { scalar: echo } = await loadCanned({ kind: "echo" }, { limits: { timeoutMs: 5_000 } });
    for (let i = 0; i < 3; i++) {
      const dying = expect(scalar.invoke(one)).rejects.toMatchObject({ code: "INTERNAL" });
      const waiting = [echo.invoke(one), echo.invoke(one)];
      await dying;
      expect((await Promise.all(waiting)).map((column) => column.get(0))).toEqual([1, 1]);
    }
  });

  it("is noticed by a caller that waits synchronously, long before the deadline", async () => {
    const { plugin, scalar } = await loadCalling("exits");
    // A warm thread: of one that starts meanwhile nobody can know.
    const { scalar: echo } = await loadCanned({ kind: "echo" });
    await echo.invoke(one);
    const start = performance.now();
    expect(() => scalar.invokeSync(one)).toThrow(
      expect.objectContaining({
        code: "INTERNAL",
        message: expect.stringContaining("its guest thread ended"),
      }),
    );
    expect(performance.now() - start).toBeLessThan(15_000);
    await vi.waitFor(() => expect(plugin.pool.metrics.live).toBe(0));
    expect([...echo.invokeSync(one)]).toEqual([1]);
  });
});
