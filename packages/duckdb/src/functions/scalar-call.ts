import {
  argumentTypes,
  type PluginInfo,
  type QName,
  type ScalarFunction,
  type ScalarSession,
  type ValueType,
} from "@uni/plugin";
import type { Schema } from "apache-arrow";
import { bindings, type DataChunk, type Vector } from "../client/bindings.ts";
import { sqlType } from "../types/sql-type.ts";
import { readColumn } from "../vectors/read-column.ts";
import { writeColumn } from "../vectors/write-column.ts";
import { batchOf, schemaOf } from "./batch-of.ts";
import { resultColumn } from "./result-column.ts";
import { splitArguments } from "./split-arguments.ts";
import type { SqlCallOptions, SqlScalar, SqlSignature } from "./sql-scalar.ts";

/** A plugin's scalar function in SQL: one call of it for each chunk. */
export class ScalarCall implements SqlScalar {
  readonly kind = "scalar";
  readonly qname: QName;
  readonly plugin: PluginInfo;
  readonly signature: SqlSignature;
  readonly openSession: (() => ScalarSession) | undefined;
  readonly #function: ScalarFunction;
  readonly #options: SqlCallOptions;
  /** Of the last chunk; the number of columns of a variadic function differs from query to query. */
  #types: readonly ValueType[] = [];
  #schema: Schema;

  constructor(plugin: PluginInfo, scalar: ScalarFunction, options: SqlCallOptions) {
    const { args, returns, volatility } = scalar.signature;
    const { fixed, variadic } = splitArguments(args);
    this.qname = scalar.name;
    this.plugin = plugin;
    this.signature = {
      parameters: fixed.map(sqlType),
      variadic: variadic && sqlType(variadic),
      returns: sqlType(returns),
      // DuckDB has two kinds. What is not volatile may be computed once for a prepared statement that
      // runs many times, and `stable` promises one value for one statement's run only.
      volatile: volatility !== "immutable",
    };
    this.openSession = scalar.openSession?.bind(scalar);
    this.#function = scalar;
    this.#options = options;
    this.#schema = schemaOf([], "arg");
  }

  run(input: DataChunk, output: Vector, session?: ScalarSession): void {
    const rows = bindings.data_chunk_get_size(input);
    const columns = bindings.data_chunk_get_column_count(input);
    const { args, returns } = this.#function.signature;
    if (this.#types.length !== columns) {
      this.#types = argumentTypes(args, columns);
      this.#schema = schemaOf(this.#types, "arg");
    }
    const data = this.#types.map((type, i) => {
      return readColumn(bindings.data_chunk_get_vector(input, i), rows, type);
    });
    const batch = batchOf(this.#schema, rows, data);
    const result = (session ?? this.#function).invokeSync(batch, this.#options);
    writeColumn(output, resultColumn(result.data, rows, returns), returns);
  }
}
