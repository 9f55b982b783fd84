import {
  type PluginCheckOptions,
  pluginChecks,
  type Report,
  reportText,
  runChecks,
} from "@uni/conformance";
import { cannedExtismGuest, readFixture } from "@uni/fixtures";
import { ExtismLoader } from "@uni/loader-extism";
import type { HostFunction, LoadedPlugin, LoaderError } from "@uni/wasm-rt";
import { afterEach, expect, it, vi } from "vitest";
import { refuse, trap } from "./judged-guest.ts";
import { inputOf, QNAME, sample, scalarPlugin } from "./judged-plugin.ts";

const loader = new ExtismLoader({ isolation: "inline" });
afterEach(() => {
  vi.restoreAllMocks();
});

async function reportOf(bytes: Uint8Array, options: PluginCheckOptions = {}): Promise<Report> {
  const checks = await pluginChecks(bytes, loader, { rows: 200, ...options });
  return runChecks(checks, { subject: "a guest" });
}

const untimed = ({ checks, ...report }: Report) =>
  JSON.stringify({ ...report, checks: checks.map((check) => ({ ...check, milliseconds: 0 })) });

it("says the same of a plugin twice, in JSON that a tool can read", async () => {
  const bytes = await scalarPlugin([[inputOf("scalar", "values-signed"), refuse("\u0001")]]);
  const report = await reportOf(bytes);
  expect(untimed(await reportOf(bytes))).toBe(untimed(report));
  expect(JSON.parse(JSON.stringify(report))).toEqual(report);
  expect(report).toMatchObject({ format: 1, failed: 1, exempt: 0 });
});

it("says the same in any order", async () => {
  const bytes = await scalarPlugin([[inputOf("scalar", "values-signed"), refuse("\u0001")]]);
  const checks = await pluginChecks(bytes, loader, { rows: 200 });
  const backwards = await runChecks(checks.toReversed(), { subject: "a guest" });
  const forwards = await reportOf(bytes);
  expect(untimed({ ...backwards, checks: backwards.checks.toReversed() })).toBe(untimed(forwards));
});

it("is a text for people, with what was found below what was checked", async () => {
  const manifest = JSON.stringify({ id: "ai.example.odd", version: "one" });
  const text = reportText(await reportOf(await cannedExtismGuest({ manifest })));
  expect(text.split("\n")).toEqual([
    "a guest",
    "  ✔ is WebAssembly that this loader takes, and starts (plugin.loads)",
    "  ✔ imports only what the host has, behind capabilities that its manifest declares (imports.granted)",
    "  ✔ gives its manifest without calling a host function (manifest.alone)",
    "  ✖ gives a manifest that is well-formed (manifest.valid)",
    expect.stringMatching(
      /^ {6}expected a plugin that loads, got ExtismError: .*version: expected a semantic version/,
    ),
    "3 passed, 1 failed",
  ]);
});

it.each([
  ["no bytes", new Uint8Array()],
  ["text", new TextEncoder().encode("a plugin")],
  ["a component", Uint8Array.of(0, 0x61, 0x73, 0x6d, 13, 0, 1, 0)],
  // Of JavaScript, whose callers no compiler holds back.
  ["what are no bytes", "geo.wasm" as unknown as Uint8Array],
])("reports %s rather than throws", async (_what, bytes) => {
  const { checks } = await reportOf(bytes);
  expect(checks.map(({ id, status }) => [id, status])).toEqual([["plugin.loads", "failed"]]);
  expect(checks[0]?.message).toContain("got ExtismError: expected");
});

it("says what to do about calls that failed, and of none that it should have had samples", async () => {
  const { checks } = await reportOf(await scalarPlugin([], {}, trap));
  const { message } = checks.find(({ id }) => id.startsWith("scalar.answers:")) ?? {};
  expect(message).toMatch(/^expected \S+ to answer one at least of \d+ batches, got .*trapped/);
  expect(message).toMatch(/; return an error of the function for what it cannot answer/);
});

it("says why a check of determinism is not applicable", async () => {
  const bytes = await scalarPlugin([], {
    volatility: "stable",
    manifest: { determinism: "session-scoped" },
  });
  const { checks } = await reportOf(bytes);
  expect(checks.filter(({ status }) => status === "exempt")).toEqual([
    expect.objectContaining({
      id: `scalar.deterministic:${QNAME}`,
      message: "its manifest is session-scoped and its signature stable",
    }),
  ]);
});

it.each([
  ["pure", "volatile"],
  ["nondeterministic", "immutable"],
] as const)(
  "holds to determinism what is %s by its manifest or %s by its signature",
  async (determinism, volatility) => {
    const bytes = await scalarPlugin([], { volatility, manifest: { determinism } });
    expect(await reportOf(bytes)).toMatchObject({ failed: 0, exempt: 0 });
  },
);

it("leaves nothing loaded, whether its checks run or not", async () => {
  const load = vi.spyOn(loader, "load");
  const checks = await pluginChecks(readFixture("stateful"), loader, { rows: 200 });
  await expectClosed(load.mock.results, 1);
  const { failed } = await runChecks(checks, { subject: "stateful" });
  expect(failed).toBeGreaterThan(0);
  await expectClosed(load.mock.results, 10);
});

async function expectClosed(
  loads: readonly { readonly value: unknown }[],
  least: number,
): Promise<void> {
  expect(loads.length).toBeGreaterThanOrEqual(least);
  for (const { value } of loads) {
    // What the spied method returned.
    const plugin = await (value as Promise<LoadedPlugin<LoaderError>>);
    const [scalar] = plugin.scalars;
    await expect(scalar?.invoke(sample)).rejects.toMatchObject({ code: "CLOSED" });
  }
}

it("makes no call again for another check of the same batch", async () => {
  const bytes = await scalarPlugin();
  const load = vi.spyOn(loader, "load");
  const { checks } = await reportOf(bytes);
  const cases = checks.filter(({ id }) => /^scalar\.(rows|values|nulls)/.test(id));
  // One load to learn what there is, one for each case, and one for the check of determinism.
  expect(load).toHaveBeenCalledTimes(1 + cases.length + 1);
});

it("makes other batches of another seed, and says which", async () => {
  const options = { seed: 7 };
  const bytes = await scalarPlugin([
    [inputOf("scalar", "rows-0", { options }), refuse("no")],
    [inputOf("scalar", "values-ordinary", { options }), refuse("\u0001")],
  ]);
  const { checks } = await reportOf(bytes, options);
  const failed = checks.filter(({ status }) => status === "failed");
  expect(failed.map(({ message }) => message)).toEqual([
    expect.stringContaining("0 rows (seed 7)"),
    expect.stringContaining("100 rows of ordinary values (seed 7)"),
  ]);
  const other = await reportOf(bytes, { seed: 8 });
  expect(other.checks.filter(({ status }) => status === "failed")).toHaveLength(1);
});

it("grants what its caller may grant and the manifest declares", async () => {
  const tick: HostFunction = {
    name: "tick",
    docs: "Gives nothing.",
    requires: "clock",
    call: () => new Uint8Array(),
  };
  await using ticking = new ExtismLoader({ isolation: "inline", hostFunctions: [tick] });
  const bytes = await cannedExtismGuest({
    manifest: JSON.stringify({
      id: "ai.example.canned",
      version: "1.0.0",
      capabilities: ["clock"],
    }),
    extraImports: [{ module: "extism:host/user", name: "tick" }],
  });
  const failed = async (options: PluginCheckOptions) => {
    const report = await runChecks(await pluginChecks(bytes, ticking, options), { subject: "it" });
    return report.checks.filter(({ status }) => status === "failed");
  };
  const [denied] = await failed({});
  expect(denied).toMatchObject({ id: "imports.granted" });
  expect(denied?.message).toContain('tick needs "clock" (the host does not grant it)');
  expect(await failed({ grants: ["clock"] })).toMatchObject([{ id: "registration.functions" }]);
});

it("gives the plugin its settings", async () => {
  const load = vi.spyOn(loader, "load");
  await reportOf(readFixture("probe"), { config: { city: "Zürich" } });
  for (const [, options] of load.mock.calls) {
    expect(options).toMatchObject({ config: { city: "Zürich" } });
    expect(options?.grants).toContain("config");
  }
});

// Of JavaScript, whose callers no compiler holds back from an unknown one.
const badOptions: [object, RegExp][] = [
  [{ row: 5 }, /unknown option of plugin checks "row"/],
  [{ rows: 1 }, /rows to be an integer of 2 at least, got 1/],
  [{ seed: 0.5 }, /seed to be an integer of 0 at least, got 0.5/],
  [{ timeoutMs: 0 }, /timeoutMs to be an integer of 1 at least, got 0/],
  [{ samples: { [QNAME]: [sample.slice(0, 0)] } }, /samples of .*\.f with a row at least/],
  [
    { samples: { "ai.example.other": [sample] } },
    /registers \(ai.*\.f\), got samples of ai\.example\.other/,
  ],
  [{ grants: ["No Name"] }, /capability name/],
];
it.each(badOptions)("refuses the options %o", async (options, message) => {
  await expect(pluginChecks(await scalarPlugin(), loader, options)).rejects.toThrow(message);
});

it("throws what is the loader's own", async () => {
  const closed = new ExtismLoader({ isolation: "inline" });
  await closed.close();
  await expect(pluginChecks(await scalarPlugin(), closed)).rejects.toMatchObject({
    code: "CLOSED",
  });
});
