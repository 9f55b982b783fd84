import { type DuckDBConnection, DuckDBInstance, type Json } from "@duckdb/node-api";
import { PluginRegistry, type RegisteredPlugin } from "@uni/plugin";
import { afterEach } from "vitest";
import { type Attachment, type AttachOptions, attach } from "../src/index.ts";

const open: (() => unknown)[] = [];

afterEach(async () => {
  for (const close of open.splice(0).reverse()) await close();
});

/** Has `close` run after the test, the last one first. */
export function closing(close: () => unknown): void {
  open.push(close);
}

export async function openInstance(): Promise<DuckDBInstance> {
  const instance = await DuckDBInstance.create(":memory:");
  closing(() => instance.closeSync());
  return instance;
}

export async function connect(instance: DuckDBInstance): Promise<DuckDBConnection> {
  const connection = await instance.connect();
  closing(() => connection.closeSync());
  return connection;
}

export interface Fixture {
  readonly instance: DuckDBInstance;
  readonly connection: DuckDBConnection;
  readonly registry: PluginRegistry;
  readonly attached: Attachment;
  /** The rows of a query, as JSON has them. */
  rows(sql: string): Promise<Json[][]>;
  /** The message with which a query fails. */
  failure(sql: string): Promise<string>;
}

/** A database in memory with a registry attached to one connection. */
export async function attachedTo(
  plugins: readonly RegisteredPlugin[] = [],
  options: AttachOptions = {},
  registry: PluginRegistry = new PluginRegistry(),
): Promise<Fixture> {
  const instance = await openInstance();
  const connection = await connect(instance);
  for (const plugin of plugins) registry.register(plugin);
  const attached = await attach(connection, registry, { instance, ...options });
  closing(() => attached.detach());
  return {
    instance,
    connection,
    registry,
    attached,
    rows: (sql) => rowsOf(connection, sql),
    failure: (sql) => failureOf(connection, sql),
  };
}

export async function rowsOf(connection: DuckDBConnection, sql: string): Promise<Json[][]> {
  return (await connection.runAndReadAll(sql)).getRowsJson();
}

export async function failureOf(connection: DuckDBConnection, sql: string): Promise<string> {
  try {
    await connection.runAndReadAll(sql);
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
  throw new Error(`expected this query to fail: ${sql}`);
}
