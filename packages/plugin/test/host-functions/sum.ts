import type { RecordBatch } from "apache-arrow";
import { type Accumulator, type AggregateFunction, QName } from "../../src/index.ts";

/** A host's own aggregate of one float64: the sum of what is not null. Its state is the sum. */
export function sum(name: string): AggregateFunction {
  return {
    name: QName.parse(name),
    signature: {
      args: [{ kind: "primitive", arrow: "float64" }],
      returns: { kind: "primitive", arrow: "float64" },
      volatility: "immutable",
      nullHandling: "user_handled",
      state: { kind: "primitive", arrow: "binary" },
    },
    createAccumulator,
  };
}

function createAccumulator(): Accumulator {
  let total = 0;
  const updateSync = (args: RecordBatch): void => {
    const column: Iterable<number | null> = args.getChildAt(0) ?? [];
    for (const value of column) total += value ?? 0;
  };
  const mergeSync = (states: readonly Uint8Array[]): void => {
    const totals = states.map((state) => Buffer.from(state).readDoubleLE());
    total = totals.reduce((left, right) => left + right, total);
  };
  const state = (): Uint8Array => {
    const bytes = new Uint8Array(8);
    new DataView(bytes.buffer).setFloat64(0, total, true);
    return bytes;
  };
  return {
    update: async (args) => updateSync(args),
    updateSync,
    merge: async (states) => mergeSync(states),
    mergeSync,
    state,
    evaluate: async () => total,
    evaluateSync: () => total,
  };
}
