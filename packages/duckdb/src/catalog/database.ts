import { randomUUID } from "node:crypto";
import { type DuckDBConnection, DuckDBScalarFunction, VARCHAR } from "@duckdb/node-api";
import { PluginError } from "@uni/plugin";
import type { QuerySessions } from "../functions/query-sessions.ts";
import type { SqlFunction } from "./attached-functions.ts";
import { type Resolve, registerScalar } from "./register-scalar.ts";
import { type ResolveTable, registerTable } from "./register-table.ts";
import { foldName } from "./sql-name.ts";

/** What one connection has of a database's functions. */
export interface Attached {
  readonly sessions: QuerySessions;
  find(name: string): SqlFunction | undefined;
}

const MARKER = "uni_database_";
const databases = new Map<string, WeakRef<Database>>();
let lastFound: Promise<unknown> = Promise.resolve();

/**
 * What this process has registered with one database. DuckDB keeps one set of functions for all of a
 * database's connections; here, each connection has its own, found by its number when it binds a
 * statement.
 */
export class Database {
  readonly #marker: string;
  readonly #attached = new Map<number, Attached>();
  /** Names of this class's own, with the argument types of each overload and the result type of it. */
  readonly #scalars = new Map<string, Map<string, string>>();
  readonly #tables = new Map<string, string>();
  /** The connection that ran the marker function with a token. */
  readonly #asked = new Map<string, number>();

  private constructor(marker: string) {
    this.#marker = marker;
  }

  /** The database of a connection, which has to be idle and in no transaction. */
  static of(connection: DuckDBConnection): Promise<Database> {
    // One after the other: two at once would each find that the database is not known yet.
    const found = lastFound.then(() => Database.#find(connection));
    lastFound = found.catch(() => {});
    return found;
  }

  static async #find(connection: DuckDBConnection): Promise<Database> {
    const reader = await connection.runAndReadAll(
      `SELECT function_name FROM duckdb_functions() WHERE starts_with(function_name, '${MARKER}')`,
    );
    for (const [name] of reader.getRows()) {
      const known = databases.get(String(name))?.deref();
      if (known !== undefined) return known;
    }
    const database = new Database(`${MARKER}${randomUUID().replaceAll("-", "")}`);
    databases.set(database.#marker, new WeakRef(database));
    database.#register(connection);
    return database;
  }

  /**
   * The number of a connection, by which its statements are told apart.
   *
   * @throws PluginError `ARGUMENTS_INVALID` for a connection of another database.
   */
  async connectionId(connection: DuckDBConnection): Promise<number> {
    const token = randomUUID();
    try {
      await connection.run(`SELECT ${this.#marker}('${token}')`);
    } catch (error) {
      throw new PluginError(
        "ARGUMENTS_INVALID",
        "the connection does not see what was registered with the database: the option instance is another database, or the connection is in a transaction",
        { cause: error },
      );
    }
    const connectionId = this.#asked.get(token);
    this.#asked.delete(token);
    if (connectionId === undefined) throw new Error("DuckDB did not run the marker function");
    return connectionId;
  }

  /** @returns takes it off again. */
  attach(connectionId: number, attached: Attached): () => void {
    if (this.#attached.has(connectionId)) {
      throw new PluginError(
        "DUPLICATE",
        "this connection has a registry attached already; detach it first, or connect once more",
      );
    }
    this.#attached.set(connectionId, attached);
    return () => {
      if (this.#attached.get(connectionId) === attached) this.#attached.delete(connectionId);
    };
  }

  /** Whether this class registered the name. */
  owns(name: string): boolean {
    return this.#scalars.has(name) || this.#tables.has(name);
  }

  /** Whether statements that are bound from now on would find `target` by this name. */
  has(name: string, target: SqlFunction): boolean {
    if (target.kind === "procedure") return this.#tables.has(name);
    return this.#scalars.get(name)?.get(argumentText(target)) === String(target.signature.returns);
  }

  /**
   * Registers the name and the types of a function with DuckDB.
   *
   * @param connection an idle one: DuckDB waits for its query to end, whose functions wait for this
   * thread.
   */
  register(connection: DuckDBConnection, name: string, target: SqlFunction): void {
    if (this.has(name, target)) return;
    if (target.kind === "procedure") {
      registerTable(connection, name, target.parameters, (id) => this.#table(id, name));
      this.#tables.set(name, argumentText(target));
      return;
    }
    const { signature } = target;
    const types = argumentText(target);
    registerScalar(connection, name, signature, (id) => this.#scalar(id, name, types));
    const overloads = this.#scalars.get(name) ?? new Map<string, string>();
    this.#scalars.set(name, overloads.set(types, String(signature.returns)));
  }

  /**
   * @throws PluginError `DUPLICATE` where the name is a procedure's already with other arguments: DuckDB
   * keeps the first table function of a name.
   */
  requireRegistrable(name: string, target: SqlFunction): void {
    const known = target.kind === "procedure" ? this.#tables.get(name) : undefined;
    const types = argumentText(target);
    if (known === undefined || known === types) return;
    throw new PluginError(
      "DUPLICATE",
      `${target.qname} takes (${types}), and this database has had ${name} with (${known}); DuckDB cannot change a table function: open the database anew`,
    );
  }

  #scalar(connectionId: number, name: string, types: string): ReturnType<Resolve> {
    const attached = this.#attached.get(connectionId);
    const target = attached?.find(name);
    if (attached === undefined || target === undefined) return missing(name);
    if (target.kind === "procedure") return `${name} is a procedure: write FROM ${name}(…)`;
    const now = argumentText(target);
    if (now === types) return { target, sessions: attached.sessions };
    return `${target.qname} of plugin ${target.plugin.id} ${target.plugin.version} takes (${now}), no longer (${types}); cast the arguments`;
  }

  #table(connectionId: number, name: string): ReturnType<ResolveTable> {
    const attached = this.#attached.get(connectionId);
    const target = attached?.find(name);
    if (attached === undefined || target === undefined) return missing(name);
    if (target.kind === "procedure") return { target, sessions: attached.sessions };
    return `${name} is not a procedure: write SELECT ${name}(…)`;
  }

  #register(connection: DuckDBConnection): void {
    const marker = DuckDBScalarFunction.create({
      name: this.#marker,
      parameterTypes: [VARCHAR],
      returnType: VARCHAR,
      bindFunction: (info) => info.setBindData({ connectionId: info.clientContext.connectionId }),
      mainFunction: (info, input, output) => {
        // The object that the bind function set.
        const { connectionId } = info.bindData as { readonly connectionId: number };
        for (const token of input.getColumnValues(0)) this.#asked.set(String(token), connectionId);
        for (let row = 0; row < input.rowCount; row++) output.setItem(row, this.#marker);
        output.flush();
      },
    });
    connection.registerScalarFunction(marker);
  }
}

function missing(name: string): string {
  return `no plugin that is attached to this connection has ${name}; it was removed, or is attached to another connection`;
}

function argumentText(target: SqlFunction): string {
  if (target.kind === "procedure") return target.parameters.join(", ");
  const { parameters, variadic } = target.signature;
  return [...parameters, ...(variadic === undefined ? [] : [`${variadic} …`])].join(", ");
}

/** The names that a database has functions or macros of, folded. */
export async function functionNames(connection: DuckDBConnection): Promise<ReadonlySet<string>> {
  const reader = await connection.runAndReadAll(
    "SELECT DISTINCT function_name FROM duckdb_functions()",
  );
  return new Set(reader.getRows().map(([name]) => foldName(String(name))));
}
