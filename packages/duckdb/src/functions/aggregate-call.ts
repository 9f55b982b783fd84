import { LIST } from "@duckdb/node-api";
import {
  type AggregateFunction,
  argumentTypes,
  PluginError,
  type PluginInfo,
  type QName,
  toArrowType,
} from "@uni/plugin";
import { type Data, type Schema, vectorFromArray } from "apache-arrow";
import { bindings, type DataChunk, type Vector } from "../client/bindings.ts";
import { sqlType } from "../types/sql-type.ts";
import { type ListColumn, readLists } from "../vectors/read-lists.ts";
import { writeColumn } from "../vectors/write-column.ts";
import { batchOf, schemaOf } from "./batch-of.ts";
import { resultColumn } from "./result-column.ts";
import { splitArguments } from "./split-arguments.ts";
import type { SqlCallOptions, SqlScalar, SqlSignature } from "./sql-scalar.ts";

/**
 * A plugin's aggregate in SQL: a scalar function of one list for each argument, since DuckDB's client has
 * no aggregate functions. `mean(list(x))` over a group is what `mean(x)` would be.
 */
export class AggregateCall implements SqlScalar {
  readonly kind = "aggregate";
  readonly qname: QName;
  readonly plugin: PluginInfo;
  readonly signature: SqlSignature;
  readonly #function: AggregateFunction;
  readonly #options: SqlCallOptions;

  constructor(plugin: PluginInfo, aggregate: AggregateFunction, options: SqlCallOptions) {
    const { args, returns, volatility } = aggregate.signature;
    const { fixed, variadic } = splitArguments(args);
    this.qname = aggregate.name;
    this.plugin = plugin;
    this.signature = {
      parameters: fixed.map((type) => LIST(sqlType(type))),
      variadic: variadic && LIST(sqlType(variadic)),
      returns: sqlType(returns),
      volatile: volatility !== "immutable",
    };
    this.#function = aggregate;
    this.#options = options;
  }

  run(input: DataChunk, output: Vector): void {
    const rows = bindings.data_chunk_get_size(input);
    const columns = bindings.data_chunk_get_column_count(input);
    const { args, returns } = this.#function.signature;
    const types = argumentTypes(args, columns);
    const lists = types.map((type, i) => {
      return readLists(bindings.data_chunk_get_vector(input, i), rows, type);
    });
    const schema = schemaOf(types, "arg");
    const values: unknown[] = [];
    for (let row = 0; row < rows; row++) values.push(this.#aggregate(schema, lists, row));
    const result = vectorFromArray(values, toArrowType(returns));
    writeColumn(output, resultColumn(result.data, rows, returns), returns);
  }

  #aggregate(schema: Schema, lists: readonly ListColumn[], row: number): unknown {
    const length = lists[0]?.length(row) ?? 0;
    const other = lists.findIndex((list) => list.length(row) !== length);
    if (other >= 0) {
      throw new PluginError(
        "ARGUMENTS_INVALID",
        `expected lists of one length, got ${length} values in the first and ${lists[other]?.length(row)} in argument ${other + 1}; list(x) and list(y) over the same rows have as many`,
      );
    }
    const accumulator = this.#function.createAccumulator();
    if (length > 0) {
      const columns: Data[] = lists.map((list) => list.values(row));
      accumulator.updateSync(batchOf(schema, length, columns), this.#options);
    }
    return accumulator.evaluateSync(this.#options);
  }
}
