import { Float64, type RecordBatch, type Vector, vectorFromArray } from "apache-arrow";
import { QName, type ScalarFunction } from "../../src/index.ts";

/** A host's own function of one float64: it multiplies by `factor`. */
export function multiply(name: string, factor = 2): ScalarFunction {
  const invokeSync = (args: RecordBatch): Vector => {
    const column: Iterable<number | null> = args.getChildAt(0) ?? [];
    const products = Array.from(column, (value) => (value === null ? null : value * factor));
    return vectorFromArray(products, new Float64());
  };
  return {
    name: QName.parse(name),
    signature: {
      args: [{ kind: "primitive", arrow: "float64" }],
      returns: { kind: "primitive", arrow: "float64" },
      volatility: "immutable",
      nullHandling: "propagate",
    },
    invoke: async (args) => invokeSync(args),
    invokeSync,
  };
}
