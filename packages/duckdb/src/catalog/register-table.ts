import {
  type DuckDBConnection,
  type DuckDBDataChunk,
  DuckDBTableFunction,
  type DuckDBType,
  type DuckDBValue,
  DuckDBVector,
} from "@duckdb/node-api";
import type { RecordBatch } from "apache-arrow";
import { bindings } from "../client/bindings.ts";
import type { ProcedureCall } from "../functions/procedure-call.ts";
import type { QuerySessions } from "../functions/query-sessions.ts";
import { resultColumn } from "../functions/result-column.ts";
import { sqlError } from "../functions/sql-error.ts";
import { sqlType } from "../types/sql-type.ts";
import { writeColumn } from "../vectors/write-column.ts";

/** What a name means on the connection that binds it; a text says why it means nothing. */
export type ResolveTable = (connectionId: number) => BoundProcedure | string;

/** What a call site was bound to. */
interface BoundProcedure {
  readonly target: ProcedureCall;
  readonly sessions: QuerySessions;
}

interface Bound extends BoundProcedure {
  readonly values: readonly DuckDBValue[];
}

/** The rows of one run of a procedure, on their way into chunks. */
interface Scan {
  readonly batches: readonly RecordBatch[];
  batch: number;
  row: number;
}

/**
 * Registers a table function with the database of `connection`, for all of its connections. As for a
 * scalar function, what it does is looked up whenever a statement is bound.
 */
export function registerTable(
  connection: DuckDBConnection,
  name: string,
  parameters: readonly DuckDBType[],
  resolve: ResolveTable,
): void {
  const registered = DuckDBTableFunction.create({
    name,
    parameterTypes: parameters,
    bindFunction: (info) => {
      const bound = resolve(info.clientContext.connectionId);
      if (typeof bound === "string") {
        info.setError(bound);
        return;
      }
      for (const column of bound.target.columns)
        info.addResultColumn(column.name, sqlType(column.type));
      const values = Array.from({ length: info.parameterCount }, (_, i) => info.getParameter(i));
      info.setBindData({ ...bound, values } satisfies Bound);
    },
    initFunction: (info) => {
      // The object that the bind function set.
      const { target, sessions, values } = info.bindData as Bound;
      // The rows of a procedure are in an order, which several threads would not keep.
      info.setMaxThreads(1);
      try {
        const batches = sessions.makingRoom(() => target.run(values));
        info.setInitData({ batches, batch: 0, row: 0 } satisfies Scan);
      } catch (error) {
        info.setError(sqlError(target, error));
      }
    },
    mainFunction: (info, output) => {
      // The objects that the two functions before set.
      const { target } = info.bindData as Bound;
      try {
        writeRows(info.initData as Scan, target, output);
      } catch (error) {
        info.setError(sqlError(target, error));
      }
    },
  });
  connection.registerTableFunction(registered);
}

/** Writes as many of the next rows as a chunk holds and their batch has; none at the end. */
function writeRows(scan: Scan, { columns }: ProcedureCall, output: DuckDBDataChunk): void {
  let batch = scan.batches[scan.batch];
  while (batch !== undefined && scan.row >= batch.numRows) {
    scan.batch += 1;
    scan.row = 0;
    batch = scan.batches[scan.batch];
  }
  const from = scan.row;
  const rows = Math.min(DuckDBVector.standardSize(), (batch?.numRows ?? 0) - from);
  output.rowCount = Math.max(rows, 0);
  if (batch === undefined) return;
  for (const [i, { type }] of columns.entries()) {
    const whole = batch.data.children.slice(i, i + 1);
    const column = resultColumn(whole, batch.numRows, type).slice(from, rows);
    writeColumn(bindings.data_chunk_get_vector(output.chunk, i), column, type);
  }
  scan.row += rows;
}
