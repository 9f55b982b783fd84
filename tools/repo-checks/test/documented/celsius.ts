import { pluginChecks, runChecks } from "@uni/conformance";
import type { LoaderError, PluginLoader } from "@uni/wasm-rt";
import { Float64, Table, vectorFromArray } from "apache-arrow";
import { expect } from "vitest";

/** Holds a build of the page's plugin to what it is for, and to what every plugin is held to. */
export async function expectCelsius(
  bytes: Uint8Array<ArrayBuffer>,
  loader: PluginLoader<LoaderError>,
): Promise<void> {
  const plugin = await loader.load(bytes);
  expect(plugin.id).toBe("ai.example.celsius");
  const degrees = vectorFromArray([32, 212, null, -40, 0], new Float64());
  const [batch] = new Table({ degrees }).batches;
  const [ofFahrenheit] = plugin.scalars;
  if (batch === undefined || ofFahrenheit === undefined) throw new Error("expected a function");
  expect([...(await ofFahrenheit.invoke(batch))]).toEqual([0, 100, null, -40, (-32 * 5) / 9]);

  const { checks } = await runChecks(await pluginChecks(bytes, loader), { subject: plugin.id });
  expect(checks.length).toBeGreaterThan(20);
  expect(checks.filter(({ status }) => status !== "passed")).toEqual([]);
}
