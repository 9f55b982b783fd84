import { readFileSync } from "node:fs";
import { pluginChecks } from "@uni/conformance";
import { testChecks } from "@uni/conformance/vitest";
import { batchOf } from "@uni/loader-tests";
import { PluginRegistry } from "@uni/plugin";
import { Utf8 } from "apache-arrow";
import { expect, it } from "vitest";
import { CoreLoader } from "../src/index.ts";

const wasm = readFileSync(new URL("../guests/c/text_distance.wasm", import.meta.url));
const text = new Utf8();

it("a plugin in C answers through the loader", async () => {
  const registry = new PluginRegistry();
  await using loader = new CoreLoader();
  await loader.load(wasm, { registry });
  const words = batchOf([["kitten", null, "flaw"], text], [["sitting", "x", "lawn"], text]);
  const distances = await registry.scalar("ai.example.fuzzy.levenshtein").invoke(words);
  expect([...distances]).toEqual([3, null, 2]);
});

it("a plugin in C that keeps nothing serves a session of any length in little memory", async () => {
  await using loader = new CoreLoader({ isolation: "inline", limits: { memoryPages: 8 } });
  const { scalars } = await loader.load(wasm);
  const column = [Array.from({ length: 1000 }, (_, i) => `${i}`), text] as const;
  const words = batchOf(column, column);
  using session = scalars.find(({ name }) => name.local === "levenshtein")?.openSession?.();
  for (let i = 0; i < 200; i++) {
    const distances = session?.invokeSync(words);
    expect([distances?.length, distances?.get(0), distances?.get(999)]).toEqual([1000, 0, 0]);
  }
});

const loader = new CoreLoader({ isolation: "inline" });
testChecks(await pluginChecks(wasm, loader));
