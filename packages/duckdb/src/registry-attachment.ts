import type { DuckDBConnection } from "@duckdb/node-api";
import type { PluginRegistry, RegisteredPlugin, RegistryChange } from "@uni/plugin";
import type { AttachedFunction, Attachment } from "./attachment.ts";
import {
  nameFunctions,
  type SqlFunction,
  type SqlFunctions,
  sqlFunctions,
} from "./catalog/attached-functions.ts";
import type { Database } from "./catalog/database.ts";
import { QuerySessions } from "./functions/query-sessions.ts";
import type { SqlCallOptions } from "./functions/sql-scalar.ts";

export interface AttachmentParts {
  readonly registry: PluginRegistry;
  readonly database: Database;
  readonly connectionId: number;
  /** The user's, which is idle only now. */
  readonly connection: DuckDBConnection;
  /** A connection that runs no query ever, where the host gave the database. */
  readonly own: DuckDBConnection | undefined;
  /** What the database had functions of before. */
  readonly others: ReadonlySet<string>;
  readonly aliases: ReadonlyMap<string, string>;
  readonly session: boolean;
  readonly calls: SqlCallOptions;
}

/** Keeps what a connection's statements find in step with a registry. */
export class RegistryAttachment implements Attachment {
  readonly #parts: AttachmentParts;
  readonly #sessions: QuerySessions;
  readonly #end: readonly (() => void)[];
  #plugins: ReadonlyMap<string, readonly SqlFunction[]> = new Map();
  #functions: SqlFunctions = new Map();

  constructor(parts: AttachmentParts) {
    this.#parts = parts;
    this.#sessions = new QuerySessions(parts.session);
    const { registry, database, connectionId, connection } = parts;
    const plugins = new Map(registry.registered().map((each) => [each.info.id, this.#make(each)]));
    const functions = this.#named(plugins);
    for (const [name, each] of functions) database.register(parts.own ?? connection, name, each);
    const takeOff = database.attach(connectionId, {
      sessions: this.#sessions,
      find: (name) => this.#functions.get(name),
    });
    this.#plugins = plugins;
    this.#functions = functions;
    const unwatch = registry.watch({
      check: (change) => this.#check(change),
      changed: (change) => this.#changed(change),
    });
    this.#end = [unwatch, takeOff];
  }

  get functions(): readonly AttachedFunction[] {
    return [...this.#functions]
      .map(([name, { qname, kind }]): AttachedFunction => ({ name, qname: `${qname}`, kind }))
      .sort((a, b) => (a.name < b.name ? -1 : 1));
  }

  async detach(): Promise<void> {
    for (const end of this.#end) end();
    this.#functions = new Map();
    this.#plugins = new Map();
    this.#sessions[Symbol.dispose]();
    this.#parts.own?.closeSync();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.detach();
  }

  #make(plugin: Required<RegisteredPlugin>): readonly SqlFunction[] {
    return sqlFunctions(plugin, this.#parts.calls);
  }

  #named(plugins: ReadonlyMap<string, readonly SqlFunction[]>): SqlFunctions {
    const { database, others, aliases } = this.#parts;
    const functions = nameFunctions([...plugins.values()].flat(), aliases, (name) => {
      return others.has(name) && !database.owns(name);
    });
    for (const [name, each] of functions) database.requireRegistrable(name, each);
    return functions;
  }

  #after({ added, removed }: RegistryChange): ReadonlyMap<string, readonly SqlFunction[]> {
    const plugins = new Map(this.#plugins);
    if (removed !== undefined) plugins.delete(removed.info.id);
    if (added !== undefined) plugins.set(added.info.id, this.#make(added));
    return plugins;
  }

  /** Refuses what SQL could not have, and registers names: they mean nothing before the change is made. */
  #check(change: RegistryChange): void {
    const { database, own } = this.#parts;
    for (const [name, each] of this.#named(this.#after(change))) {
      if (own !== undefined) database.register(own, name, each);
    }
  }

  #changed(change: RegistryChange): void {
    const { database } = this.#parts;
    this.#plugins = this.#after(change);
    const functions = [...this.#named(this.#plugins)];
    this.#functions = new Map(functions.filter(([name, each]) => database.has(name, each)));
    const [missing] = functions.find(([name]) => !this.#functions.has(name)) ?? [];
    if (missing === undefined) return;
    process.emitWarning(
      `SQL does not have ${missing}, which came after attach(); pass attach() the option instance, or attach again`,
      { code: "UNI_DUCKDB_NOT_ATTACHED" },
    );
  }
}
