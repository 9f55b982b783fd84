import type { DuckDBType } from "@duckdb/node-api";
import type { PluginInfo, QName, ScalarSession } from "@uni/plugin";
import type { DataChunk, Vector } from "../client/bindings.ts";

/** The argument and result types with which DuckDB knows a scalar function. */
export interface SqlSignature {
  readonly parameters: readonly DuckDBType[];
  readonly variadic?: DuckDBType | undefined;
  readonly returns: DuckDBType;
  readonly volatile: boolean;
}

/** Whatever DuckDB calls as a scalar function: one of a plugin, or an aggregate of one over lists. */
export interface SqlScalar {
  readonly kind: "scalar" | "aggregate";
  readonly qname: QName;
  readonly plugin: PluginInfo;
  readonly signature: SqlSignature;
  /** One guest for all chunks of a query, where the function offers that. */
  readonly openSession?: (() => ScalarSession) | undefined;
  /** Reads a chunk, and writes a value for each of its rows. */
  run(input: DataChunk, output: Vector, session?: ScalarSession): void;
}

/** How one call may end. */
export interface SqlCallOptions {
  readonly timeoutMs?: number;
}
