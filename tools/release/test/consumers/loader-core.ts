import { CoreError, CoreLoader } from "@uni/loader-core";
import { type PluginInfo, PluginRegistry } from "@uni/plugin";
import { type RecordBatch, tableFromArrays, type Vector } from "apache-arrow";

export async function distances(bytes: Uint8Array): Promise<Vector | undefined> {
  const registry = new PluginRegistry();
  await using loader = new CoreLoader({ limits: { timeoutMs: 5_000 }, isolation: "thread" });
  await using plugin = await loader.load(bytes, {
    registry,
    grants: ["scalar-fn", "procedure"],
    limits: { timeoutMs: 500 },
  });
  const info: PluginInfo = { id: plugin.id, version: plugin.version };
  const trips = tableFromArrays({ lat1: [52.52], lon1: [13.405], lat2: [48.857], lon2: [2.352] });
  const batch: RecordBatch | undefined = trips.batches[0];
  if (batch === undefined || plugin.pool.metrics.hits > 0) return undefined;
  try {
    using session = registry.scalar(`${info.id}.haversine`).openSession?.();
    return session?.invokeSync(batch);
  } catch (error) {
    if (error instanceof CoreError && error.code === "TIMEOUT") return undefined;
    throw error;
  }
}
