import type { NullHandling, ValueType, Volatility, WireType } from "@uni/plugin";
import { encodeBatch } from "@uni/wasm-rt";
import { Binary, Field, Float64, type RecordBatch, vectorFromArray } from "apache-arrow";
import { argumentBatch } from "../../../../packages/conformance/src/batches/argument-batch.ts";
import type { SurfaceName } from "../../../../packages/conformance/src/plugin/callee.ts";
import { casesOf } from "../../../../packages/conformance/src/plugin/cases.ts";
import {
  type PluginCheckOptions,
  settingsOf,
} from "../../../../packages/conformance/src/plugin/options.ts";
import { type Behaviour, type Deed, echo, judgedGuest, output, refuse } from "./judged-guest.ts";

export const ID = "ai.example.judged";
export const QNAME: string = `${ID}.f`;
const STEM = "ai_example_judged_f";

export const FLOAT64: ValueType = { kind: "primitive", arrow: "float64" };
export const PAIR: ValueType = { kind: "vector", len: 2, element: "float64" };
export const VARIADIC: WireType = { kind: "variadic", inner: FLOAT64 };

/** How the one function of a plugin is registered. */
export interface Registered {
  readonly args?: readonly WireType[];
  readonly returns?: ValueType;
  readonly volatility?: Volatility;
  readonly nullHandling?: NullHandling;
  readonly manifest?: object;
  readonly options?: PluginCheckOptions;
}

const CAPABILITIES = { scalar: "scalar-fn", aggregate: "aggregate-fn", procedure: "procedure" };

function documents(surface: SurfaceName, registered: Registered): Record<string, Behaviour> {
  const { args = [FLOAT64], returns = FLOAT64, volatility = "immutable", manifest } = registered;
  const { nullHandling = "propagate" } = registered;
  const signature = { args, returns, volatility, null_handling: nullHandling };
  const entry = { kind: surface, qname: QNAME };
  const entries = {
    scalar: { ...entry, signature },
    aggregate: { ...entry, signature, state: { kind: "primitive", arrow: "binary" } },
    procedure: { ...entry, args, yields: [returns] },
  };
  const basics = { id: ID, version: "1.0.0", capabilities: [CAPABILITIES[surface]] };
  const json = (document: object): Behaviour => ({
    otherwise: output(new TextEncoder().encode(JSON.stringify(document))),
  });
  return {
    manifest: json({ ...basics, determinism: "pure", ...manifest }),
    register: json({ entries: [entries[surface]] }),
  };
}

/** A plugin with the scalar `f`, which gives back its argument unless it is told otherwise. */
export const scalarPlugin = (
  on: Behaviour["on"] = [],
  registered: Registered = {},
  otherwise: Deed = echo,
): Promise<Uint8Array> =>
  judgedGuest({
    ...documents("scalar", registered),
    [`invoke_${STEM}`]: { on, otherwise },
  });

/** A plugin with the procedure `f`, which yields its argument unless it is told otherwise. */
export const procedurePlugin = (
  on: Behaviour["on"] = [],
  registered: Registered = {},
  otherwise: Deed = echo,
): Promise<Uint8Array> =>
  judgedGuest({
    ...documents("procedure", registered),
    [`proc_${STEM}_invoke`]: { on, otherwise },
  });

export type StepName = "new" | "update" | "merge" | "evaluate";

/** The states of an aggregate that saw nothing, that saw something, and that is odd. */
export const EMPTY: Uint8Array = Uint8Array.of(1);
export const SEEN: Uint8Array = Uint8Array.of(2, 2);
export const ODD: Uint8Array = Uint8Array.of(3, 3, 3);

/** A plugin with the aggregate `f`, whose value is always 1 unless one of its steps is told otherwise. */
export const aggregatePlugin = (
  steps: Readonly<Partial<Record<StepName, Partial<Behaviour>>>> = {},
  registered: Registered = {},
): Promise<Uint8Array> => {
  const usual = { new: EMPTY, update: SEEN, merge: SEEN, evaluate: valueStream(1) };
  const exports = Object.entries(usual).map(([step, bytes]): [string, Behaviour] => [
    `agg_${STEM}_${step}`,
    // The keys are those of the steps.
    { otherwise: output(bytes), ...steps[step as StepName] },
  ]);
  return judgedGuest({ ...documents("aggregate", registered), ...Object.fromEntries(exports) });
};

/** What the function gets in a case: its first call, or a later one. */
export function inputOf(
  surface: SurfaceName,
  name: string,
  { args = [FLOAT64], options = {} }: Registered = {},
): Uint8Array {
  const callee = { surface, qname: QNAME, args, propagates: false, call: async () => undefined };
  const found = casesOf(callee, settingsOf(options)).find((one) => one.name === name);
  const [first] = found?.trials() ?? [];
  if (first?.batch === undefined) throw new Error(`no case ${name}`);
  return encodeBatch(first.batch);
}

/** The contract's envelope: the state's length, the state, and the stream. */
function envelope(state: Uint8Array, stream: Uint8Array): Uint8Array {
  const { length } = state;
  return Uint8Array.of(length, 0, 0, 0, ...state, ...stream);
}

/** What `update` of an aggregate that saw nothing gets in a case. */
export const updateOf = (name: string, registered: Registered = {}): Uint8Array =>
  envelope(EMPTY, inputOf("aggregate", name, registered));

/** What `merge` gets with these states. */
export function mergeOf(state: Uint8Array, ...others: readonly Uint8Array[]): Uint8Array {
  return envelope(state, stream("partial_state", [...others], new Binary()));
}

/** A batch of one row, of one double. */
export const valueStream = (value: number): Uint8Array => stream("r", [value], new Float64());

/** Where the value is in such a stream. */
export function valueOffset(bytes: Uint8Array, value: number): number {
  const pattern = new Uint8Array(Float64Array.of(value).buffer);
  const at = Buffer.from(bytes).indexOf(pattern);
  if (at < 0) throw new Error(`no ${value} in the stream`);
  return at;
}

/** A batch of samples that no generated one equals. */
export const sample: RecordBatch = argumentBatch(
  [new Field("arg0", new Float64(), true)],
  3,
  vectorFromArray([12.5, 13.5, 14.5], new Float64()).data.slice(),
);

/** Answers what a variadic function of one column may: that column, and one row at least. */
export const variadicDeeds = (surface: SurfaceName, registered: Registered): Behaviour["on"] => {
  const usual = surface === "procedure" ? "values-ordinary" : "rows-1";
  return [
    [inputOf(surface, "variadic-1", registered), echo],
    [inputOf(surface, usual, registered), output(valueStream(1))],
  ];
};
export const notSoMany: Deed = refuse("takes one column");

function stream(name: string, values: unknown[], type: Binary | Float64): Uint8Array {
  const { data } = vectorFromArray(values, type);
  return encodeBatch(argumentBatch([new Field(name, type, true)], values.length, data.slice()));
}
