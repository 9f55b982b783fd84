import { FnError } from "@uni/plugin";
import { Field, FixedSizeList, Float64, Int32, type RecordBatch, Utf8 } from "apache-arrow";
import { batchOf, type Column } from "../../batches/batch-of.ts";
import type { BuiltScenario } from "../../guests/scenario.ts";
import type { Loaded } from "../subject.ts";
import { exact } from "./exact.ts";

/** One call of a plugin that is built from sources, whose answer was recorded. */
export interface ParityCase {
  readonly id: string;
  readonly plugin: BuiltScenario;
  /** What comes out, a text for each value; an error of the function is one of them. */
  answer(loaded: Loaded): Promise<readonly string[]>;
}

const { NaN: nan, POSITIVE_INFINITY: inf } = Number;
const VECTOR3 = new FixedSizeList(3, new Field("item", new Float64(), true));

const doubles = (...columns: (number | null)[][]): RecordBatch =>
  batchOf(...columns.map((values): Column => [values]));
const texts = (...columns: (string | null)[][]): RecordBatch =>
  batchOf(...columns.map((values): Column => [values, new Utf8()]));

const POINTS: Readonly<Record<string, RecordBatch>> = {
  places: doubles(
    [52.52, null, -90, 0, 0],
    [13.405, 1, 0, 0, 179.5],
    [48.85, 2, 90, 0, 0],
    [2.35, 3, 180, 0, -179.5],
  ),
  "no-numbers": doubles([nan, inf, -inf], [1, nan, inf], [0, 0, nan], [inf, 0, 0]),
  zeros: doubles([0, -0], [-0, 0], [-0, -0], [0, -0]),
  beyond: doubles([1e300, -1e-300], [7e5, 361], [-721, 5e-324], [1.7e308, 9]),
  "no-rows": doubles([], [], [], []),
};
const WORDS = [
  ...["", "a", null, "東京 — Zürich", "👩‍👩‍👧 🇨🇭", "e\u0301"],
  ...["\0\u{10ffff}\ufeff", "x".repeat(99)],
];
const VECTORS: Column = [
  [[1, 2, 3], [-1, 0.5, 1e300], null, [0, -0, 0], [5e-324, Infinity, 3]],
  VECTOR3,
];

const NULL_ITEMS: Column = [
  [
    [1, null, 3],
    [null, null, null],
    [1, 2, 2],
  ],
  VECTOR3,
];

function scalarCase(
  plugin: BuiltScenario,
  name: string,
  input: string,
  batch: RecordBatch,
): ParityCase {
  return {
    id: `parity.${plugin}.${name}.${input}`,
    plugin,
    answer: ({ registry }) =>
      answered(async () => {
        const scalar = registry.scalar(`ai.example.${plugin}.${name}`);
        return [...(await scalar.invoke(batch))].map(exact);
      }),
  };
}

function nearestCase(input: string, lat: number | null, lon: number | null, k: number): ParityCase {
  return {
    id: `parity.geo.nearest.${input}`,
    plugin: "geo",
    answer: ({ registry }) =>
      answered(async () => {
        const procedure = registry.procedure("ai.example.geo.nearest");
        const rows: string[] = [];
        for await (const batch of procedure.invoke(batchOf([[lat]], [[lon]], [[k], new Int32()]))) {
          for (const row of batch) rows.push(exact(row?.toArray()));
        }
        return rows;
      }),
  };
}

const SAMPLE = doubles([3, 1, null, 2, -5], [0.5, 1, 1, null, 0.25]);

/** @param groups see batches, and are merged into the first. */
function aggregateCase(name: string, input: string, groups: readonly RecordBatch[][]): ParityCase {
  return {
    id: `parity.stats.${name}.${input}`,
    plugin: "stats",
    answer: ({ registry }) =>
      answered(async () => {
        const aggregate = registry.aggregate(`ai.example.stats.${name}`);
        const accumulators = groups.map(() => aggregate.createAccumulator());
        const updates = accumulators.flatMap((group, i) =>
          (groups[i] ?? []).map((batch) => group.update(batch)),
        );
        await Promise.all(updates);
        const values = await Promise.all(accumulators.map((group) => group.evaluate()));
        const [first, ...others] = accumulators;
        await first?.merge(others.map((other) => other.state()));
        const last = [first?.state(), await first?.evaluate()];
        return [...values, ...last].map(exact);
      }),
  };
}

/** What comes out; an error of the function is an answer too. */
async function answered(body: () => Promise<readonly string[]>): Promise<readonly string[]> {
  try {
    return await body();
  } catch (error) {
    if (!(error instanceof FnError)) throw error;
    return [`error ${error.fnCode}: ${error.message}`];
  }
}

const points = (name: string): ParityCase[] =>
  Object.entries(POINTS).map(([input, batch]) => scalarCase("geo", name, input, batch));
const aggregates = (name: string): ParityCase[] => [
  aggregateCase(name, "nothing", [[]]),
  aggregateCase(name, "one-group", [[SAMPLE, doubles([], []), SAMPLE]]),
  aggregateCase(name, "merged", [
    [SAMPLE],
    [],
    [SAMPLE, doubles([7], [0])],
    [doubles([1e300], [1])],
  ]),
];

export const PARITY_CASES: readonly ParityCase[] = [
  ...points("haversine"),
  ...points("destination"),
  ...points("centroid"),
  scalarCase("geo", "centroid", "one-pair", doubles([10, null], [20, 1])),
  nearestCase("three", 48.85, 2.35, 3),
  nearestCase("twenty", -33, 151, 20),
  nearestCase("none", 0, 0, 0),
  nearestCase("less", 0, 0, -1),
  nearestCase("null", null, 0, 1),
  ...aggregates("weighted_mean"),
  ...aggregates("weighted_variance"),
  ...aggregates("quantile"),
  scalarCase("text", "reverse", "words", texts(WORDS)),
  scalarCase("text", "char_length", "words", texts(WORDS)),
  scalarCase("text", "join", "words", texts(WORDS, WORDS.toReversed())),
  scalarCase("vec", "dot", "vectors", batchOf(VECTORS, VECTORS)),
  scalarCase("vec", "norm", "vectors", batchOf(VECTORS)),
  scalarCase("vec", "scale", "vectors", batchOf(VECTORS, [[2, null, 3, -1.5, 0.1]])),
  scalarCase("vec", "dot", "null-items", batchOf(NULL_ITEMS, NULL_ITEMS)),
  scalarCase("vec", "norm", "null-items", batchOf(NULL_ITEMS)),
  scalarCase("vec", "scale", "null-items", batchOf(NULL_ITEMS, [[2, 2, 2]])),
  scalarCase("stateful", "bump", "rows", doubles([10, null, 30])),
];
