import type { SurfaceName } from "../../../../packages/conformance/src/plugin/callee.ts";
import type { FailingGuest } from "./failing-guest.ts";
import { FAILING_LOADS } from "./failing-loads.ts";
import { type Deed, echo, loop, output, outputRandom, refuse, trap } from "./judged-guest.ts";
import {
  aggregatePlugin,
  EMPTY,
  inputOf,
  mergeOf,
  notSoMany,
  ODD,
  PAIR,
  procedurePlugin,
  QNAME,
  type Registered,
  SEEN,
  sample,
  scalarPlugin,
  updateOf,
  VARIADIC,
  valueOffset,
  valueStream,
  variadicDeeds,
} from "./judged-plugin.ts";

const WITH_SAMPLES: Registered = { options: { samples: { [QNAME]: [sample] } } };
const ONE_ROW_SAMPLES: Registered = { options: { samples: { [QNAME]: [sample.slice(0, 1)] } } };
const OF_PAIRS: Registered = { args: [PAIR], returns: PAIR };
const OF_MANY: Registered = { args: [VARIADIC] };

/** Plugins of one surface, each of which does something wrong in one case only. */
const casesOf = (
  surface: SurfaceName,
  names: readonly string[],
  registered: Registered,
  make: (name: string) => Promise<Uint8Array>,
  says: RegExp = /trapped: unreachable/,
): FailingGuest[] =>
  names.map((name) => ({
    fails: `${surface}.${name}`,
    says,
    make: () => make(name),
    options: registered.options,
  }));

const BATCHES = [
  ...["rows-0", "rows-1", "values-ordinary", "values-signed", "values-extreme"],
  ...["nulls", "nulls-all", "rows-10000"],
];
const ROWS = ["values-ordinary", "values-signed", "values-extreme", "nulls-all"];
const COLUMNS = ["variadic-0", "variadic-1", "variadic-3"];
const BAD_STREAM = output(Uint8Array.of(1, 2, 3));

const scalarIn = (registered: Registered, deed: Deed) => (name: string) =>
  scalarPlugin([[inputOf("scalar", name, registered), deed]], registered);
const aggregateIn = (registered: Registered) => (name: string) =>
  aggregatePlugin({ update: { on: [[updateOf(name, registered), trap]] } }, registered);
const procedureIn = (registered: Registered) => (name: string) =>
  procedurePlugin([[inputOf("procedure", name, registered), trap]], registered);

const OF_SCALARS: readonly FailingGuest[] = [
  ...casesOf("scalar", BATCHES, {}, scalarIn({}, trap)),
  ...casesOf("scalar", BATCHES, {}, scalarIn({}, BAD_STREAM), /not an Arrow IPC stream|Arrow/),
  ...casesOf(
    "scalar",
    ["rows-1"],
    {},
    scalarIn({}, output(inputOf("scalar", "rows-0"))),
    /0 rows for 1/,
  ),
  ...casesOf("scalar", ["rows-0"], {}, scalarIn({}, refuse("no")), /no value in it to refuse/),
  ...casesOf("scalar", ["nulls-all"], {}, scalarIn({}, refuse("no")), /propagates nulls/),
  ...casesOf("scalar", ["samples"], WITH_SAMPLES, scalarIn(WITH_SAMPLES, trap)),
  ...casesOf(
    "scalar",
    ["samples"],
    WITH_SAMPLES,
    scalarIn(WITH_SAMPLES, refuse("no")),
    /author says that it is answered/,
  ),
  ...casesOf("scalar", ["null-items"], OF_PAIRS, scalarIn(OF_PAIRS, trap)),
  ...casesOf("scalar", COLUMNS, OF_MANY, (name) =>
    scalarPlugin(
      [[inputOf("scalar", name, OF_MANY), trap], ...(variadicDeeds("scalar", OF_MANY) ?? [])],
      OF_MANY,
      notSoMany,
    ),
  ),
  {
    fails: "scalar.answers",
    says: /option samples.*none of these/,
    make: () =>
      scalarPlugin(
        ["rows-0", "nulls-all"].map((name) => [inputOf("scalar", name), echo] as const),
        {},
        refuse("none of these"),
      ),
  },
  {
    fails: "scalar.deterministic",
    says: /an answer of (\d+) bytes for 100 rows of extreme values \(seed 1\) again, got "an answer of \1 bytes, which differs from byte \d+ on"; leave out/,
    make: () => {
      const input = inputOf("scalar", "values-extreme");
      const offset = valueOffset(input, Number.MAX_VALUE);
      return scalarPlugin([[input, outputRandom(input, offset)]]);
    },
  },
];

const OF_AGGREGATES: readonly FailingGuest[] = [
  ...casesOf("aggregate", BATCHES, {}, aggregateIn({})),
  ...casesOf("aggregate", ["samples"], WITH_SAMPLES, aggregateIn(WITH_SAMPLES)),
  ...casesOf("aggregate", ["null-items"], { args: [PAIR] }, aggregateIn({ args: [PAIR] })),
  ...casesOf("aggregate", COLUMNS, OF_MANY, aggregateIn(OF_MANY)),
  {
    fails: "aggregate.rows-0",
    says: /no value in it to refuse/,
    make: () => aggregatePlugin({ update: { on: [[updateOf("rows-0"), refuse("no")]] } }),
  },
  {
    fails: "aggregate.nothing",
    says: /evaluate trapped/,
    make: () => aggregatePlugin({ evaluate: { on: [[EMPTY, trap]] } }),
  },
  {
    fails: "aggregate.answers",
    says: /option samples.*no value/,
    make: () => aggregatePlugin({ evaluate: { otherwise: refuse("no value") } }),
  },
  {
    fails: "aggregate.deterministic",
    says: /for 100 rows of extreme values \(seed 1\) again/,
    make: () =>
      aggregatePlugin({
        update: { on: [[updateOf("values-extreme"), output(ODD)]] },
        evaluate: { on: [[ODD, outputRandom(valueStream(7), valueOffset(valueStream(7), 7))]] },
      }),
  },
  ...[mergeOf(EMPTY, SEEN, SEEN), mergeOf(SEEN, SEEN)].map((merged) => ({
    fails: "aggregate.merge",
    says: /expected 1 from the states of halves of 100 rows of ordinary values \(seed 1\), got "1.00001"/,
    make: () =>
      aggregatePlugin({
        merge: { on: [[merged, output(ODD)]] },
        evaluate: { on: [[ODD, output(valueStream(1.00001))]] },
      }),
  })),
  {
    fails: "aggregate.merge-nothing",
    says: /got "2"/,
    make: () =>
      aggregatePlugin({
        merge: { on: [[mergeOf(SEEN, EMPTY), output(ODD)]] },
        evaluate: { on: [[ODD, output(valueStream(2))]] },
      }),
  },
];

const OF_PROCEDURES: readonly FailingGuest[] = [
  ...casesOf("procedure", ROWS, {}, procedureIn({})),
  {
    fails: "procedure.values-extreme",
    says: /a row of extreme values \(seed 6\)/,
    make: () => procedureIn({ options: { seed: 6 } })("values-extreme"),
  },
  ...casesOf("procedure", ["samples"], ONE_ROW_SAMPLES, procedureIn(ONE_ROW_SAMPLES)),
  ...casesOf("procedure", ["null-items"], OF_PAIRS, procedureIn(OF_PAIRS)),
  ...casesOf("procedure", COLUMNS, OF_MANY, (name) =>
    procedurePlugin(
      [[inputOf("procedure", name, OF_MANY), trap], ...(variadicDeeds("procedure", OF_MANY) ?? [])],
      OF_MANY,
      notSoMany,
    ),
  ),
  {
    fails: "procedure.answers",
    says: /option samples.*never/,
    make: () => procedurePlugin([], {}, refuse("never")),
  },
  {
    fails: "procedure.deterministic",
    says: /for a row of ordinary values \(seed 1\) again/,
    make: () =>
      procedurePlugin([
        [
          inputOf("procedure", "values-ordinary"),
          outputRandom(valueStream(7), valueOffset(valueStream(7), 7)),
        ],
      ]),
  },
];

const refusesExtremes = (deed: Deed) => () => scalarIn({}, deed)("values-extreme");

const OF_ANY: readonly FailingGuest[] = [
  {
    fails: "limits.rows-10000",
    says: /used up its fuel/,
    make: () =>
      scalarPlugin([[inputOf("scalar", "rows-10000"), loop]], {
        manifest: { fuel_per_call: 30_000_000 },
      }),
  },
  {
    fails: "limits.rows-10000",
    says: /did not finish within 1000 ms/,
    make: () => scalarPlugin([[inputOf("scalar", "rows-10000"), loop]]),
    options: { timeoutMs: 1000 },
  },
  {
    fails: "limits.rows-10000",
    says: /used up its fuel/,
    make: () =>
      aggregatePlugin(
        { update: { on: [[updateOf("rows-10000"), loop]] } },
        { manifest: { fuel_per_call: 30_000_000 } },
      ),
  },
  {
    fails: "errors.message",
    says: /of its own, got ".*set no error message"/,
    make: refusesExtremes(() => "(i32.const 3)"),
  },
  {
    fails: "errors.message",
    says: /without control characters.*rings/,
    make: refusesExtremes(refuse("rings\u0007")),
  },
  {
    fails: "errors.message",
    says: /at most 65532 bytes, got "one that was cut at 65536"/,
    make: refusesExtremes(refuse("x".repeat(70_000))),
  },
];

/** A plugin for every check that a plugin of the Extism ABI can fail. */
export const FAILING_GUESTS: readonly FailingGuest[] = [
  ...FAILING_LOADS,
  ...OF_SCALARS,
  ...OF_AGGREGATES,
  ...OF_PROCEDURES,
  ...OF_ANY,
];
