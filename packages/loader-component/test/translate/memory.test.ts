import { describe, expect, it } from "vitest";
import { ComponentLoader } from "../../src/index.ts";
import { MemoryCache } from "../../src/translate/memory-cache.ts";
import { withCustomSection } from "../hostile/wat.ts";
import { emptyArtifact } from "./empty-artifact.ts";
import { observe } from "./observe.ts";
import { expectToRun, STATEFUL } from "./stateful.ts";

const THREADS_AT_ONCE = 4;

it("a loader takes a component apart once, for loads at once and for later ones", async () => {
  const { threads } = observe();
  const loader = new ComponentLoader({ isolation: "inline", cache: false });
  await Promise.all(Array.from({ length: 10 }, () => expectToRun(loader, STATEFUL.slice())));
  await expectToRun(loader);
  expect(threads).toHaveLength(1);
});

it("loaders without a cache know nothing of each other", async () => {
  const { threads } = observe();
  const loaders = [0, 1].map(() => new ComponentLoader({ isolation: "inline", cache: false }));
  await Promise.all(loaders.map((loader) => expectToRun(loader)));
  expect(threads).toHaveLength(2);
});

it("a refusal reaches every load that waits for it, and is not remembered", async () => {
  const { threads } = observe();
  const loader = new ComponentLoader({ isolation: "inline", cache: false });
  const broken = STATEFUL.slice(0, -1);
  const codes = () =>
    Promise.all([0, 1, 2].map(() => loader.load(broken).catch(({ code }) => code)));
  expect(await codes()).toEqual(Array(3).fill("INVALID_PLUGIN"));
  expect(threads).toHaveLength(1);
  expect(await codes()).toEqual(Array(3).fill("INVALID_PLUGIN"));
  expect(threads).toHaveLength(2);
});

it("what a caller does to its bytes during a load changes nothing", async () => {
  const loader = new ComponentLoader({ isolation: "inline", cache: false });
  const bytes = STATEFUL.slice();
  const running = expectToRun(loader, bytes);
  bytes.fill(0xff);
  await running;
  await expect(loader.load(bytes)).rejects.toMatchObject({ code: "INVALID_PLUGIN" });
});

it("components are validated a few at once, whatever the number of loaders", async () => {
  const { threads } = observe();
  let live = 0;
  let most = 0;
  const onWorker = (worker: (typeof threads)[number]) => {
    live += 1;
    most = Math.max(most, live);
    worker.once("exit", () => {
      live -= 1;
    });
  };
  process.on("worker", onWorker);
  const loads = Array.from({ length: THREADS_AT_ONCE + 2 }, (_, i) =>
    expectToRun(
      new ComponentLoader({ isolation: "inline", cache: false }),
      withCustomSection(STATEFUL, "n", `${i}`),
    ),
  );
  await Promise.all(loads);
  process.off("worker", onWorker);
  expect(threads).toHaveLength(THREADS_AT_ONCE + 2);
  expect([most, live]).toEqual([THREADS_AT_ONCE, 0]);
});

describe("what a loader remembers", () => {
  const MIB = 2 ** 20;
  const rememberedOf = (memory: MemoryCache, keys: readonly string[]) =>
    keys.filter((key) => memory.get(key) !== undefined);

  it("is 64 MiB, without what was not used for longest", () => {
    const memory = new MemoryCache();
    for (const key of ["a", "b", "c"]) memory.set(key, emptyArtifact(key, 20 * MIB));
    memory.get("a");
    memory.set("d", emptyArtifact("d", 20 * MIB));
    expect(rememberedOf(memory, ["a", "b", "c", "d"])).toEqual(["a", "c", "d"]);
  });

  it("counts what comes again once", () => {
    const memory = new MemoryCache();
    memory.set("a", emptyArtifact("a", 20 * MIB));
    for (let i = 0; i < 9; i++) memory.set("b", emptyArtifact("b", 40 * MIB));
    expect(rememberedOf(memory, ["a", "b"])).toEqual(["a", "b"]);
  });

  it("is nothing where one alone is larger", () => {
    const memory = new MemoryCache();
    memory.set("a", emptyArtifact("a", 65 * MIB));
    memory.set("b", emptyArtifact("b", MIB));
    expect(rememberedOf(memory, ["a", "b"])).toEqual(["b"]);
  });
});
