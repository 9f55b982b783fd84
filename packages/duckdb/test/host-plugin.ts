import {
  type CallOptions,
  type FunctionSignature,
  type Procedure,
  type ProcedureSignature,
  QName,
  type RegisteredPlugin,
  type ScalarFunction,
  type ValueType,
  type WireType,
} from "@uni/plugin";
import type { RecordBatch, Vector } from "apache-arrow";

/** A host's own function, in TypeScript. */
export function scalar(
  name: string,
  args: readonly WireType[],
  returns: ValueType,
  body: (batch: RecordBatch, options?: CallOptions) => Vector,
  more: Partial<FunctionSignature> = {},
): ScalarFunction {
  const invokeSync = (batch: RecordBatch, options?: CallOptions) => body(batch, options);
  return {
    name: QName.parse(name),
    signature: { args, returns, volatility: "immutable", nullHandling: "user_handled", ...more },
    invoke: async (batch, options) => invokeSync(batch, options),
    invokeSync,
  };
}

export function procedure(
  name: string,
  signature: Pick<ProcedureSignature, "args" | "yields">,
  body: (batch: RecordBatch) => RecordBatch[],
): Procedure {
  return {
    name: QName.parse(name),
    signature: { ...signature, mode: "read" },
    async *invoke(batch) {
      yield* body(batch);
    },
    invokeSync: body,
  };
}

export function plugin(
  id: string,
  functions: Pick<RegisteredPlugin, "scalars" | "aggregates" | "procedures">,
  version = "1.0.0",
): RegisteredPlugin {
  return { info: { id, version }, ...functions };
}

/** The first column of a batch, as a vector. */
export function firstColumn(batch: RecordBatch): Vector {
  const column = batch.getChildAt(0);
  if (column === null) throw new Error("a batch without columns");
  return column;
}

export const primitive = (
  arrow: Extract<ValueType, { kind: "primitive" }>["arrow"],
): ValueType => ({
  kind: "primitive",
  arrow,
});
