import type { RegisteredPlugin } from "@uni/plugin";
import { PluginError } from "@uni/plugin";
import { AggregateCall } from "../functions/aggregate-call.ts";
import { ProcedureCall } from "../functions/procedure-call.ts";
import { ScalarCall } from "../functions/scalar-call.ts";
import type { SqlCallOptions, SqlScalar } from "../functions/sql-scalar.ts";
import { foldName, sqlName } from "./sql-name.ts";

/** What DuckDB can call. */
export type SqlFunction = SqlScalar | ProcedureCall;

/** The functions of plugins by their SQL names, folded; aliases are names too. */
export type SqlFunctions = ReadonlyMap<string, SqlFunction>;

/** Makes the functions of a plugin callable from SQL. */
export function sqlFunctions(
  { info, scalars, aggregates, procedures }: Required<RegisteredPlugin>,
  options: SqlCallOptions,
): SqlFunction[] {
  return [
    ...scalars.map((scalar) => new ScalarCall(info, scalar, options)),
    ...aggregates.map((aggregate) => new AggregateCall(info, aggregate, options)),
    ...procedures.map((procedure) => new ProcedureCall(info, procedure, options)),
  ];
}

/**
 * Gives every function its SQL name and its aliases.
 *
 * @param taken whether the database has something else of this name.
 * @throws PluginError `DUPLICATE` where two functions would have one name, or the name is taken.
 */
export function nameFunctions(
  functions: Iterable<SqlFunction>,
  aliases: ReadonlyMap<string, string>,
  taken: (name: string) => boolean,
): SqlFunctions {
  const named = new Map<string, SqlFunction>();
  for (const each of functions) {
    const qname = each.qname.toString();
    const own = [...aliases].filter(([, target]) => target === qname).map(([alias]) => alias);
    for (const name of [sqlName(each.qname), ...own]) {
      const folded = foldName(name);
      const other = named.get(folded);
      if (other !== undefined) {
        throw new PluginError(
          "DUPLICATE",
          `${qname} and ${other.qname} are both ${name} in SQL; attach them to different connections`,
        );
      }
      if (taken(folded)) {
        throw new PluginError(
          "DUPLICATE",
          `${qname} cannot be ${name} in SQL: the database has a function of this name`,
        );
      }
      named.set(folded, each);
    }
  }
  return named;
}
