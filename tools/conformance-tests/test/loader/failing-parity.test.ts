import { CheckFailure, type ConformingLoader, loaderChecks } from "@uni/conformance";
import type { ExtismError } from "@uni/loader-extism";
import type { LoadedPlugin } from "@uni/wasm-rt";
import { Float64, vectorFromArray } from "apache-arrow";
import { describe, expect, it } from "vitest";
import { like, withLoad } from "./broken.ts";

type Plugin = LoadedPlugin<ExtismError>;

/** The Extism loader, which registers other functions than its plugins have. */
const registering = (change: (plugin: Plugin) => Partial<Plugin>): ConformingLoader =>
  withLoad((load) => async (bytes, { registry, ...options } = {}) => {
    const plugin = await load(bytes, options);
    const { id, version, scalars, aggregates, procedures } = like(plugin, change(plugin));
    registry?.register({ info: { id, version }, scalars, aggregates, procedures });
    return plugin;
  });

const float32 = registering(({ scalars }) => ({
  scalars: scalars.map((scalar) =>
    like(scalar, {
      invoke: async (args) => {
        const values = [...(await scalar.invoke(args))];
        const rounded = values.map((value) => (value === null ? null : Math.fround(Number(value))));
        return vectorFromArray(rounded, new Float64());
      },
    }),
  ),
}));
const twice = registering(({ scalars }) => ({
  scalars: scalars.map((scalar) =>
    like(scalar, {
      invoke: async (args) => {
        const answer = await scalar.invoke(args);
        return answer.concat(answer);
      },
    }),
  ),
}));
/** Each of them is another one. */
const mixedUp = registering(({ aggregates }) => ({
  aggregates: aggregates.map((aggregate, i) => {
    const other = aggregates.at(i - 1) ?? aggregate;
    return like(aggregate, { createAccumulator: () => other.createAccumulator() });
  }),
}));
const short = registering(({ procedures }) => ({
  procedures: procedures.map((procedure) =>
    like(procedure, {
      invoke: async function* (args) {
        for await (const batch of procedure.invoke(args)) yield batch.slice(0, -1);
      },
    }),
  ),
}));

const FAILING = [
  [
    "a value that is rounded",
    "geo.haversine.places",
    float32,
    /value 0 to be 877.98\d+, got "877.9884\d+"/,
  ],
  ["more values than there are", "geo.haversine.places", twice, /expected 5 values, got 10/],
  [
    "fewer values than there are",
    "geo.nearest.three",
    short,
    /value 2 to be "?\[.*, got undefined/,
  ],
  ["another state", "stats.weighted_mean.one-group", mixedUp, /value 0 to be .*, got "/],
] as const;

describe("a check of parity fails for", () => {
  for (const [what, id, subject, says] of FAILING) {
    it(`${what}, which says ${says}`, async () => {
      const check = loaderChecks(subject).find((check) => check.id === `parity.${id}@inline`);
      const failure = await check?.run().catch((error: unknown) => error);
      expect(failure).toBeInstanceOf(CheckFailure);
      expect(String(failure)).toMatch(says);
    });
  }
});
