import { type DuckDBType, type DuckDBValue, LIST } from "@duckdb/node-api";
import {
  argumentTypes,
  type PluginInfo,
  type Procedure,
  type QName,
  toArrowType,
  type ValueType,
} from "@uni/plugin";
import { type RecordBatch, vectorFromArray } from "apache-arrow";
import { sqlType } from "../types/sql-type.ts";
import { arrowValue } from "../vectors/arrow-value.ts";
import { batchOf, schemaOf } from "./batch-of.ts";
import { splitArguments } from "./split-arguments.ts";
import type { SqlCallOptions } from "./sql-scalar.ts";

/** A column of the table that a procedure gives. */
export interface TableColumn {
  readonly name: string;
  readonly type: ValueType;
}

/** A plugin's procedure in SQL: a table function. A variadic argument is one list. */
export class ProcedureCall {
  readonly kind = "procedure";
  readonly qname: QName;
  readonly plugin: PluginInfo;
  readonly parameters: readonly DuckDBType[];
  readonly columns: readonly TableColumn[];
  readonly #procedure: Procedure;
  readonly #options: SqlCallOptions;

  constructor(plugin: PluginInfo, procedure: Procedure, options: SqlCallOptions) {
    const { args, yields } = procedure.signature;
    const { fixed, variadic } = splitArguments(args);
    this.qname = procedure.name;
    this.plugin = plugin;
    this.parameters = [
      ...fixed.map(sqlType),
      ...(variadic === undefined ? [] : [LIST(sqlType(variadic))]),
    ];
    this.columns = yields.map((type, i) => ({ name: `yield${i}`, type }));
    this.#procedure = procedure;
    this.#options = options;
  }

  /** @param values one for each parameter. */
  run(values: readonly DuckDBValue[]): readonly RecordBatch[] {
    const { args } = this.#procedure.signature;
    const { fixed, variadic } = splitArguments(args);
    const flat = values.slice(0, fixed.length).map(arrowValue);
    const more = variadic === undefined ? null : arrowValue(values[fixed.length] ?? null);
    if (Array.isArray(more)) flat.push(...more);
    const types = argumentTypes(args, flat.length);
    const columns = types.flatMap((type, i) => vectorFromArray([flat[i]], toArrowType(type)).data);
    return this.#procedure.invokeSync(batchOf(schemaOf(types, "arg"), 1, columns), this.#options);
  }
}
