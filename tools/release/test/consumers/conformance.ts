import { type Check, pluginChecks, runChecks } from "@uni/conformance";
import { testChecks } from "@uni/conformance/vitest";
import { ExtismLoader } from "@uni/loader-extism";

export async function failures(bytes: Uint8Array): Promise<number> {
  await using loader = new ExtismLoader();
  const checks: readonly Check[] = await pluginChecks(bytes, loader);
  testChecks(checks);
  const report = await runChecks(checks, { subject: "geo.wasm" });
  return report.failed;
}
