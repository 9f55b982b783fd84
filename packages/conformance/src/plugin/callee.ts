import {
  type AggregateFunction,
  type CallOptions,
  FnError,
  type Procedure,
  type ScalarFunction,
  type ValueType,
  type Volatility,
  type WireType,
} from "@uni/plugin";
import { encodeBatch, encodeBatches, type LoadedPlugin, type LoaderError } from "@uni/wasm-rt";
import { Field, type RecordBatch, type Vector } from "apache-arrow";
import { argumentBatch } from "../batches/argument-batch.ts";

export type SurfaceName = "scalar" | "aggregate" | "procedure";
type Plugin = LoadedPlugin<LoaderError>;

/** A function of the plugin, as far as every surface has it. */
export interface Callee {
  readonly surface: SurfaceName;
  readonly qname: string;
  readonly args: readonly WireType[];
  /** What an aggregate or a scalar gives. */
  readonly returns?: ValueType;
  /** A procedure declares none. */
  readonly volatility?: Volatility;
  /** Whether a row with a null in any argument is null. */
  readonly propagates: boolean;
  /**
   * Calls it on a fresh load of its plugin.
   *
   * @param batch undefined for an aggregate that sees nothing.
   * @returns the answer, which `sameValue` compares.
   */
  call(plugin: Plugin, batch: RecordBatch | undefined, options: CallOptions): Promise<unknown>;
}

export function scalarCallee({ name, signature }: ScalarFunction): Callee {
  const { args, returns, volatility, nullHandling } = signature;
  const qname = name.toString();
  return {
    ...{ surface: "scalar", qname, args, returns, volatility },
    propagates: nullHandling === "propagate",
    call: async (plugin, batch, options) => {
      const scalar = named(plugin.scalars, qname);
      return bytesOf(await scalar.invoke(given(batch), options));
    },
  };
}

export function aggregateCallee({ name, signature }: AggregateFunction): Callee {
  const { args, returns, volatility } = signature;
  const qname = name.toString();
  return {
    ...{ surface: "aggregate", qname, args, returns, volatility, propagates: false },
    call: async (plugin, batch, options) => {
      const group = named(plugin.aggregates, qname).createAccumulator();
      if (batch !== undefined) await group.update(batch, options);
      try {
        return await group.evaluate(options);
      } catch (error) {
        throw error instanceof FnError ? new NoValue(error) : error;
      }
    },
  };
}

export function procedureCallee({ name, signature }: Procedure): Callee {
  const { args } = signature;
  const qname = name.toString();
  return {
    ...{ surface: "procedure", qname, args, propagates: false },
    call: async (plugin, batch, options) => {
      const batches: RecordBatch[] = [];
      const procedure = named(plugin.procedures, qname);
      for await (const part of procedure.invoke(given(batch), options)) batches.push(part);
      return batches.length === 0 ? batches : encodeBatches(batches);
    },
  };
}

/** An aggregate took its rows, and refused to give the value of them. */
export class NoValue extends Error {
  readonly refusal: FnError;

  constructor(refusal: FnError) {
    super(refusal.message);
    this.refusal = refusal;
  }
}

/** The function of another load of the same plugin. */
export function named<F extends { readonly name: { toString(): string } }>(
  functions: readonly F[],
  qname: string,
): F {
  const found = functions.find(({ name }) => name.toString() === qname);
  if (found !== undefined) return found;
  throw new Error(`expected the plugin to register ${qname} at every load, got a load without it`);
}

function given(batch: RecordBatch | undefined): RecordBatch {
  if (batch === undefined) throw new Error("only an aggregate can be called without a batch");
  return batch;
}

/** The answer as it would cross, to its last bit. */
function bytesOf(answer: Vector): Uint8Array {
  const [data] = answer.data;
  if (data === undefined) return new Uint8Array();
  return encodeBatch(argumentBatch([new Field("r", answer.type, true)], data.length, [data]));
}
