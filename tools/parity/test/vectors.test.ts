import type { FixtureName } from "@uni/fixtures";
import { PluginRegistry } from "@uni/plugin";
import { Int32, type RecordBatch } from "apache-arrow";
import { describe, expect, it } from "vitest";
import { batchOf, type Column, doubles, texts, VECTOR3 } from "./arrow-columns.ts";
import { type ComparedLoader, loaders } from "./loaders.ts";
import { outcomeOf, plain, plainBatches } from "./public-outcome.ts";

const FIXTURES: readonly FixtureName[] = ["geo", "stats", "text", "vec", "stateful"];

/** A host's view of the fixtures: one registry with all of them, whatever loaded them. */
async function registryOf(loader: ComparedLoader): Promise<PluginRegistry> {
  const registry = new PluginRegistry();
  const all = loader.make();
  const loads = FIXTURES.map(async (name) => all.load(await loader.fixture(name), { registry }));
  await Promise.all(loads);
  return registry;
}

const hosts = await Promise.all(
  loaders.map(async (loader) => ({ loader, registry: await registryOf(loader) })),
);

/** Does the same in the host of every loader, and sees that the same comes of it. */
async function sameEverywhere(work: (registry: PluginRegistry) => Promise<unknown>) {
  const [expected, ...others] = await Promise.all(
    hosts.map(({ loader, registry }) => outcomeOf(loader, () => work(registry))),
  );
  for (const [i, other] of others.entries()) {
    expect(other, hosts[i + 1]?.loader.name).toEqual(expected);
  }
  return expected;
}

const POINTS = doubles([52.52, null, 0], [13.405, 1, Number.NaN], [48.85, 2, 90], [2.35, 3, 180]);
const WORDS = ["", "a", null, "👩‍👩‍👧 Zürich"];
const VECTORS: Column = [[[1, 2, 3], null, [Number.NaN, -0, 1e300]], VECTOR3];

const SCALARS: readonly (readonly [string, readonly Column[]])[] = [
  ["geo.haversine", POINTS],
  ["geo.destination", POINTS],
  ["geo.centroid", POINTS],
  ["text.reverse", texts(WORDS)],
  ["text.char_length", texts(WORDS)],
  ["text.join", texts(WORDS, WORDS.toReversed())],
  ["vec.dot", [VECTORS, VECTORS]],
  ["vec.norm", [VECTORS]],
  ["vec.scale", [VECTORS, ...doubles([1, 2, null])]],
  ["stateful.bump", doubles([7, null, 9])],
];

describe(`${loaders.map(({ name }) => name).join(", ")} give the same through the registry:`, () => {
  it.each(SCALARS)("%s gives the same vector, awaited and at once", async (name, columns) => {
    const whole = batchOf(columns);
    // A slice that starts in the middle of a bitmap's byte is a case of its own.
    for (const batch of [whole, whole.slice(1), whole.slice(0, 0)]) {
      const outcome = await sameEverywhere(async (registry) => {
        const scalar = registry.scalar(`ai.example.${name}`);
        const awaited = plain(await scalar.invoke(batch));
        expect(plain(scalar.invokeSync(batch))).toEqual(awaited);
        return awaited;
      });
      expect(outcome).toMatchObject({ value: { values: { length: batch.numRows } } });
    }
  });

  it.each(["weighted_mean", "weighted_variance", "quantile"])(
    "stats.%s gives the same states and the same value",
    async (name) => {
      const batches = [
        batchOf(doubles([1, 2, null, 4], [0.5, 0.25, 1, null])),
        batchOf(doubles([], [])),
        batchOf(doubles([-7, 1e9], [1, 0])),
      ];
      const outcome = await sameEverywhere(async (registry) => {
        const aggregate = registry.aggregate(`ai.example.stats.${name}`);
        const groups = await Promise.all(
          [batches, batches.toReversed(), []].map(async (seen) => {
            const group = aggregate.createAccumulator();
            for (const batch of seen) await group.update(batch);
            return group;
          }),
        );
        const all = aggregate.createAccumulator();
        await all.merge(groups.map((group) => group.state()));
        const states = [all, ...groups].map((group) => Buffer.from(group.state()).toString("hex"));
        const values = await Promise.all([all, ...groups].map((group) => group.evaluate()));
        return { states, values, empty: groups[2]?.evaluateSync() };
      });
      const number = expect.any(Number);
      expect(outcome).toMatchObject({
        value: { values: [number, number, number, null], empty: null },
      });
    },
  );

  it.each([0, 1, 9, 99, -1])("geo.nearest yields the same batches of %i cities", async (k) => {
    const args = batchOf([...doubles([48.85], [2.35]), [[k], new Int32()]]);
    const outcome = await sameEverywhere(async (registry) => {
      const procedure = registry.procedure("ai.example.geo.nearest");
      const batches: RecordBatch[] = [];
      for await (const batch of procedure.invoke(args)) batches.push(batch);
      expect(plainBatches(procedure.invokeSync(args))).toEqual(plainBatches(batches));
      return plainBatches(batches);
    });
    if (k < 0) expect(outcome).toMatchObject({ name: "FnError", fnCode: 2 });
    else expect(outcome).toHaveProperty("value");
  });

  it("what is registered has the same names, signatures, capabilities and limits", async () => {
    const outcome = await sameEverywhere(async (registry) => {
      const names = ["geo.haversine", "text.join", "vec.norm", "stateful.boom"];
      const scalars = names.map((name) => registry.scalar(`ai.example.${name}`).signature);
      return JSON.stringify({
        scalars,
        plugins: registry
          .plugins()
          .map(({ id }) => id)
          .toSorted(),
      });
    });
    expect(outcome).toHaveProperty("value", expect.stringContaining("ai.example.geo"));
  });
});

const WRONG: readonly (readonly [
  title: string,
  name: string,
  columns: readonly Column[],
  code: string,
])[] = [
  ["a trap", "stateful.boom", doubles([1]), "TRAP"],
  ["the function's own error", "geo.centroid", doubles([1], [2], [3]), "FN_ERROR"],
  ["too few arguments", "geo.haversine", doubles([1]), "ARGUMENTS_INVALID"],
  [
    "arguments of another type",
    "geo.haversine",
    texts(["a"], ["b"], ["c"], ["d"]),
    "ARGUMENTS_INVALID",
  ],
  ["a function that is not there", "geo.nowhere", doubles([1]), "NOT_FOUND"],
];

describe("calls that fail have the same error for every loader:", () => {
  it.each(WRONG)("%s", async (_title, name, columns, code) => {
    const outcome = await sameEverywhere((registry) =>
      registry.scalar(`ai.example.${name}`).invoke(batchOf(columns)),
    );
    expect(outcome).toMatchObject({ code });
  });
});
