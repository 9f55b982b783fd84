import type { DuckDBConnection, DuckDBInstance } from "@duckdb/node-api";
import { PluginError, type PluginRegistry, refuseUnknown } from "@uni/plugin";
import type { Attachment } from "./attachment.ts";
import { Database, functionNames } from "./catalog/database.ts";
import { requireAlias } from "./catalog/sql-name.ts";
import { RegistryAttachment } from "./registry-attachment.ts";

/** How a registry is attached. */
export interface AttachOptions {
  /**
   * The database of the connection. With it, plugins that are loaded later appear in SQL at once, also
   * while queries run; without it, their new functions appear when the registry is attached again.
   */
  readonly instance?: DuckDBInstance;
  /** Short names by qualified name: `{ haversine: "ai.example.geo.haversine" }`. */
  readonly aliases?: Readonly<Record<string, string>>;
  /** Longest one call may take, in milliseconds; tightens the plugin's limit, never widens it. */
  readonly timeoutMs?: number;
  /**
   * One fresh guest for each run of a query, on each thread that DuckDB runs it on, instead of one for
   * each chunk of 2048 rows. Where functions are cheap that takes a fifth to two fifths off the time, and
   * a plugin can carry something from one chunk of the query to the next; never to another query.
   * Default `false`.
   */
  readonly session?: boolean;
}

const OPTIONS: readonly (keyof AttachOptions)[] = ["instance", "aliases", "timeoutMs", "session"];

/**
 * Makes every function of a registry callable from SQL on this connection: scalar functions as scalar
 * functions, aggregates as scalar functions over `list(x)`, procedures as table functions.
 *
 * @param connection one that runs no query at the moment, and is in no transaction.
 * @throws PluginError `DUPLICATE` where two functions have one name in SQL, the database has a function
 * of that name, or the connection has a registry attached; `ARGUMENTS_INVALID` for an option.
 * @throws TypeError for an option that does not exist.
 * @example
 * ```ts
 * const instance = await DuckDBInstance.create(":memory:");
 * const connection = await instance.connect();
 * await using attached = await attach(connection, registry, { instance });
 * await connection.run("SELECT ai_example_geo_haversine(52.5, 13.4, 48.9, 2.4)");
 * ```
 */
export async function attach(
  connection: DuckDBConnection,
  registry: PluginRegistry,
  options: AttachOptions = {},
): Promise<Attachment> {
  const { instance, aliases = {}, timeoutMs, session = false } = options;
  refuseUnknown(options, OPTIONS, "option");
  if (timeoutMs !== undefined && !(timeoutMs > 0)) {
    throw new PluginError("ARGUMENTS_INVALID", `timeoutMs must be above 0, got ${timeoutMs}`);
  }
  for (const alias of Object.keys(aliases)) requireAlias(alias);
  const own = await instance?.connect();
  try {
    const database = await Database.of(own ?? connection);
    const connectionId = await database.connectionId(connection);
    const others = await functionNames(connection);
    return new RegistryAttachment({
      registry,
      database,
      connectionId,
      own,
      others,
      aliases: new Map(Object.entries(aliases)),
      session,
      calls: timeoutMs === undefined ? {} : { timeoutMs },
      connection,
    });
  } catch (error) {
    own?.closeSync();
    throw error;
  }
}
