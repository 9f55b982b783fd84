import { type DuckDBConnection, DuckDBScalarFunction } from "@duckdb/node-api";
import type { ScalarSession } from "@uni/plugin";
import { bindings } from "../client/bindings.ts";
import { QuerySession } from "../functions/query-session.ts";
import type { QuerySessions } from "../functions/query-sessions.ts";
import { sqlError } from "../functions/sql-error.ts";
import type { SqlScalar, SqlSignature } from "../functions/sql-scalar.ts";

/** What a call site was bound to: a statement keeps it, whatever comes under the name later. */
interface Bound {
  readonly target: SqlScalar;
  readonly sessions: QuerySessions;
}

/** What a name means on the connection that binds it; a text says why it means nothing. */
export type Resolve = (connectionId: number) => Bound | string;

/**
 * Registers a scalar function with the database of `connection`, for all of its connections.
 *
 * DuckDB cannot take it out again. So what is registered is the name and the types; what it does is
 * looked up whenever a statement is bound.
 */
export function registerScalar(
  connection: DuckDBConnection,
  name: string,
  signature: SqlSignature,
  resolve: Resolve,
): void {
  const registered = new DuckDBScalarFunction();
  registered.setName(name);
  for (const parameter of signature.parameters) registered.addParameter(parameter);
  if (signature.variadic !== undefined) registered.setVarArgs(signature.variadic);
  registered.setReturnType(signature.returns);
  if (signature.volatile) registered.setVolatile();
  // Nulls are the contract's to deal with, not DuckDB's.
  registered.setSpecialHandling();
  registered.setBindFunction((info) => {
    const bound = resolve(info.clientContext.connectionId);
    if (typeof bound === "string") info.setError(bound);
    else info.setBindData(bound);
  });
  registered.setInitFunction((info) => {
    const { target, sessions } = boundOf(info.bindData);
    const session = sessions.open(target);
    if (session !== undefined) info.setState(session);
  });
  bindings.scalar_function_set_function(registered.scalar_function, (info, input, output) => {
    const { target, sessions } = boundOf(bindings.scalar_function_get_bind_data(info));
    const state = bindings.scalar_function_get_state(info);
    const run = (session?: ScalarSession) => target.run(input, output, session);
    try {
      sessions.makingRoom(() => (state instanceof QuerySession ? state.with(run) : run()));
    } catch (error) {
      bindings.scalar_function_set_error(info, sqlError(target, error));
    }
  });
  connection.registerScalarFunction(registered);
}

/** The bindings hand back the object that was set, as `object`. */
function boundOf(data: object | undefined): Bound {
  return data as Bound;
}
