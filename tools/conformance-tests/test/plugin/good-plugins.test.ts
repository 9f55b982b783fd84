import { type PluginCheckOptions, pluginChecks, type Report, runChecks } from "@uni/conformance";
import { type FixtureName, readComponent, readFixture } from "@uni/fixtures";
import { ComponentLoader } from "@uni/loader-component";
import { ExtismLoader } from "@uni/loader-extism";
import type { PrimitiveName, ValueType } from "@uni/plugin";
import { afterAll, describe, expect, it } from "vitest";
import { output, refuse } from "./judged-guest.ts";
import {
  aggregatePlugin,
  inputOf,
  ODD,
  SEEN,
  scalarPlugin,
  updateOf,
  VARIADIC,
  valueStream,
} from "./judged-plugin.ts";

const extism = new ExtismLoader({ isolation: "inline" });
const component = new ComponentLoader({ isolation: "inline" });
afterAll(async () => {
  await Promise.all([extism.close(), component.close()]);
});

async function failuresOf(
  bytes: Uint8Array,
  loader: ExtismLoader | ComponentLoader = extism,
  options: PluginCheckOptions = {},
): Promise<string[]> {
  const checks = await pluginChecks(bytes, loader, options);
  const report: Report = await runChecks(checks, { subject: "a plugin" });
  expect(report.passed).toBeGreaterThan(10);
  return report.checks.flatMap(({ id, status, message }) =>
    status === "failed" ? [`${id}: ${message}`] : [],
  );
}

describe("a plugin that keeps the contract passes every check", () => {
  const built: readonly FixtureName[] = ["geo", "stats", "text", "vec", "probe"];
  it.each(built)("%s, of the Extism ABI", async (name) => {
    expect(await failuresOf(readFixture(name))).toEqual([]);
  });

  it.each(["geo", "vec"] as const)("%s, as a component", async (name) => {
    expect(await failuresOf(readComponent(name), component)).toEqual([]);
  });
});

describe("it is no failure", () => {
  it("to refuse nulls that the function handles itself", async () => {
    const bytes = await scalarPlugin([[inputOf("scalar", "nulls-all"), refuse("no nulls")]], {
      nullHandling: "user_handled",
    });
    expect(await failuresOf(bytes, extism, { rows: 200 })).toEqual([]);
  });

  it("to merge doubles in another order", async () => {
    const bytes = await aggregatePlugin({
      merge: { otherwise: output(ODD) },
      evaluate: { on: [[ODD, output(valueStream(1 + 1e-10))]] },
    });
    expect(await failuresOf(bytes, extism, { rows: 200 })).toEqual([]);
  });

  it("to refuse the same halves as the whole", async () => {
    const bytes = await aggregatePlugin({
      update: {
        on: [
          [updateOf("rows-1"), output(SEEN)],
          [updateOf("rows-0"), output(SEEN)],
        ],
        otherwise: refuse("one row at most"),
      },
    });
    expect(await failuresOf(bytes, extism, { rows: 200 })).toEqual([]);
  });
});

describe("what is generated crosses both ways and is decoded", () => {
  const primitives: readonly PrimitiveName[] = [
    ...(["int32", "int64", "float32", "float64", "boolean"] as const),
    ...(["utf8", "binary", "largebinary", "date64", "timestamp_ms"] as const),
  ];
  const types: ValueType[] = [
    ...primitives.map((arrow) => ({ kind: "primitive", arrow }) as const),
    ...primitives.map((element) => ({ kind: "vector", len: 3, element }) as const),
    { kind: "cypher_value" },
  ];
  const titled = types.map((type) => [JSON.stringify(type), type] as const);
  it.each(titled)("as %s", async (_title, type) => {
    const echo = await scalarPlugin([], { args: [type], returns: type });
    expect(await failuresOf(echo, extism, { rows: 500 })).toEqual([]);
  });

  it("where a function takes nothing", async () => {
    const failures = await failuresOf(await scalarPlugin([], { args: [] }), extism, { rows: 500 });
    // An echo of no columns is no answer, whatever the rows.
    expect(failures).toHaveLength(9);
    for (const failure of failures) expect(failure).toContain("0 columns; one column was expected");
  });

  it("where a function takes any number of columns", async () => {
    const failures = await failuresOf(await scalarPlugin([], { args: [VARIADIC] }), extism, {
      rows: 500,
    });
    const columns = failures.flatMap((failure) => /returned (\d) columns/.exec(failure)?.[1] ?? []);
    expect(new Set(columns)).toEqual(new Set(["0", "2", "3"]));
  });
});
