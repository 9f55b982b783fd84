import {
  CapabilitySet,
  type PluginRegistry,
  QName,
  type ScalarFunction,
  UniError,
} from "@uni/plugin";
import { FnError } from "@uni/plugin/errors";
import { Float64, type RecordBatch, type Vector, vectorFromArray } from "apache-arrow";

const invokeSync = (args: RecordBatch): Vector => {
  const values: unknown[] = [...(args.getChildAt(0) ?? [])];
  return vectorFromArray(values.map(Number), new Float64());
};
const double: ScalarFunction = {
  name: QName.parse("com.example.maths.double"),
  signature: {
    args: [{ kind: "primitive", arrow: "float64" }],
    returns: { kind: "primitive", arrow: "float64" },
    volatility: "immutable",
    nullHandling: "propagate",
  },
  invokeSync,
  invoke: async (args) => invokeSync(args),
};

export function register(registry: PluginRegistry): readonly string[] {
  registry.register({ info: { id: "com.example.maths", version: "1.0.0" }, scalars: [double] });
  return registry.plugins().map(({ id }) => id);
}

export const granted: boolean = new CapabilitySet(["scalar-fn"]).has("scalar-fn");

export function codeOf(error: unknown): string | number | undefined {
  if (error instanceof FnError) return error.fnCode;
  return error instanceof UniError ? error.code : undefined;
}
