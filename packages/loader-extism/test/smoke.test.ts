import { readFileSync } from "node:fs";
import { PluginRegistry } from "@uni/plugin";
import { tableFromArrays } from "apache-arrow";
import { it } from "vitest";
import { ExtismLoader } from "../src/index.ts";

it("smoke", async () => {
  const bytes = readFileSync("/work/main/tools/fixtures/dist/guests/geo.wasm");
  const registry = new PluginRegistry();
  const plugin = await new ExtismLoader().load(bytes, { registry });
  console.log(plugin.id, plugin.version, plugin.pool.metrics);
  const n = 16384;
  const t = tableFromArrays({ a: new Float64Array(n).fill(52.5), b: new Float64Array(n).fill(13.4), c: new Float64Array(n).fill(48.8), d: new Float64Array(n).fill(2.35) });
  const f = registry.scalar("AI.example.geo.haversine");
  const batch = t.batches[0]!;
  console.log((await f.invoke(batch)).get(0));
  for (let k = 0; k < 3; k++) {
    const s = performance.now();
    for (let i = 0; i < 50; i++) f.invokeSync(batch);
    console.log("Mrows/s", (50 * n) / (performance.now() - s) / 1000);
  }
  console.log(plugin.pool.metrics);
});
