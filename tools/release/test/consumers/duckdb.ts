import type { DuckDBConnection, DuckDBInstance } from "@duckdb/node-api";
import { attach, queryBatches } from "@uni/duckdb";
import type { PluginRegistry } from "@uni/plugin";

export async function rows(
  instance: DuckDBInstance,
  connection: DuckDBConnection,
  registry: PluginRegistry,
): Promise<number> {
  await using attached = await attach(connection, registry, {
    instance,
    aliases: { km: "ai.example.geo.haversine" },
  });
  let count = attached.functions.length;
  for await (const batch of queryBatches(connection, "SELECT km(1, 2, 3, 4)"))
    count += batch.numRows;
  return count;
}
