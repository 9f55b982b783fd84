import { type PluginCheckOptions, pluginChecks, type Report, runChecks } from "@uni/conformance";
import { ComponentLoader } from "@uni/loader-component";
import { ExtismLoader } from "@uni/loader-extism";
import type { HostFunction, LoaderError, PluginLoader } from "@uni/wasm-rt";
import { afterAll, describe, expect, it } from "vitest";
import { refusesWithCodeZero } from "./component-guest.ts";
import { FAILING_GUESTS } from "./failing-guests.ts";
import {
  aggregatePlugin,
  FLOAT64,
  ID,
  inputOf,
  PAIR,
  procedurePlugin,
  QNAME,
  sample,
  scalarPlugin,
  VARIADIC,
} from "./judged-plugin.ts";

const tick: HostFunction = {
  name: "tick",
  wit: "acme:clock/clock@1.0.0#tick",
  requires: "clock",
  docs: "Gives nothing.",
  call: () => new Uint8Array(),
};
const extism = new ExtismLoader({ isolation: "inline", hostFunctions: [tick] });
const component = new ComponentLoader({ isolation: "inline" });
afterAll(async () => {
  await Promise.all([extism.close(), component.close()]);
});

const familyOf = (id: string): string => id.split(":")[0] ?? id;

async function reportOf(
  bytes: Uint8Array,
  loader: PluginLoader<LoaderError>,
  options: PluginCheckOptions = {},
): Promise<Report> {
  return runChecks(await pluginChecks(bytes, loader, options), { subject: "a guest" });
}

function expectOneFailure({ checks }: Report, fails: string, says: RegExp): void {
  const failed = checks.filter(({ status }) => status === "failed");
  expect(failed.map(({ id }) => familyOf(id))).toEqual([fails]);
  expect(failed[0]?.message).toMatch(says);
}

describe("a plugin fails only", () => {
  for (const { fails, says, make, options } of FAILING_GUESTS) {
    // Only what is about so many rows needs them.
    const rows = fails.endsWith("rows-10000") ? {} : { rows: 200 };
    it(`${fails}, which says ${says}`, async () => {
      const report = await reportOf(await make(), extism, { ...rows, ...options });
      expectOneFailure(report, fails, says);
    });
  }

  it("errors.code, where its error has none", async () => {
    const signature = { args: [FLOAT64], returns: FLOAT64 };
    const documents = {
      manifest: JSON.stringify({ id: ID, version: "1.0.0", capabilities: ["scalar-fn"] }),
      register: JSON.stringify({ entries: [{ kind: "scalar", qname: QNAME, signature }] }),
    };
    const bytes = await refusesWithCodeZero(documents, inputOf("scalar", "rows-1").length);
    expectOneFailure(await reportOf(bytes, component), "errors.code", /got "0: no such code"/);
  });
});

it("every check that there is has a plugin that fails it", async () => {
  const samples = { [QNAME]: [sample.slice(0, 1)] };
  const registered = { args: [PAIR, VARIADIC], returns: PAIR };
  const plugins = [
    await scalarPlugin([], registered),
    await aggregatePlugin({}, registered),
    await procedurePlugin([], registered),
  ];
  const families = new Set<string>();
  for (const bytes of plugins) {
    for (const { id } of await pluginChecks(bytes, extism, { samples })) families.add(familyOf(id));
  }
  const failing = new Set([...FAILING_GUESTS.map(({ fails }) => fails), "errors.code"]);
  expect([...families].toSorted()).toEqual([...failing].toSorted());
});
