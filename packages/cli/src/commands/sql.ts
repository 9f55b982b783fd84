import type { DuckDBConnection } from "@duckdb/node-api";
import { PluginRegistry } from "@uni/plugin";
import type { CommandContext } from "../command-context.ts";
import { CliError } from "../errors/cli-error.ts";
import { firstParagraph } from "../errors/explain.ts";
import { openDatabase } from "../files/database.ts";
import { QueryResult } from "../output/query-result.ts";
import { type OutputOptions, targetOf, writeResult } from "../output/write-result.ts";
import { detectFormat } from "../plugin/detect-format.ts";
import { functionsOf } from "../plugin/find-function.ts";
import { type OpenPlugin, openPlugin } from "../plugin/open-plugin.ts";
import { optionalPackage } from "../plugin/optional-package.ts";
import { readBytes } from "../plugin/read-bytes.ts";
import { ReaderGone } from "../terminal/terminal.ts";

export interface SqlOptions extends OutputOptions {
  readonly timeout?: number;
  readonly grant: readonly string[];
}

/** @param words plugins, and the query as the last. */
export async function sql(
  words: readonly string[],
  options: SqlOptions,
  context: CommandContext,
): Promise<void> {
  const { terminal, signal } = context;
  const target = targetOf(options, terminal);
  const [query = "", ...files] = [...words].reverse();
  if (files.length === 0) {
    throw new CliError(
      "USAGE",
      "the query is missing: expected plugins, and the query behind them",
      {
        hint: "uni-wasm sql geo.wasm 'SELECT 1'",
      },
    );
  }
  await using database = await openDatabase("a query");
  const { attach } = await optionalPackage(() => import("@uni/duckdb"), "a query");
  const { connection, instance } = database;
  const registry = new PluginRegistry();
  await using plugins = new OpenPlugins();
  for (const path of files.reverse()) {
    const file = detectFormat(path, await readBytes(path, context));
    const { timeout: timeoutMs, grant: grants } = options;
    plugins.add(await openPlugin(file, { timeoutMs, grants, registry }, context));
  }
  const aliases = await shortNames(plugins.opened, connection);
  await using _attachment = await attach(connection, registry, { instance, aliases });
  const interrupt = () => connection.interrupt();
  signal.addEventListener("abort", interrupt, { once: true });
  try {
    await writeResult(await QueryResult.of(database, query, target.format), target, context);
  } catch (cause) {
    throw queryError(cause);
  } finally {
    signal.removeEventListener("abort", interrupt);
  }
}

/** What DuckDB says of a query; what is known better stays as it is. */
function queryError(cause: unknown): unknown {
  if (cause instanceof CliError || cause instanceof ReaderGone || !(cause instanceof Error))
    return cause;
  return new CliError("QUERY", `the query failed: ${firstParagraph(cause.message)}`, { cause });
}

/**
 * The last parts of names, for those that only one function has and DuckDB has no function of: SQL can
 * then call `haversine` as well as `ai_example_geo_haversine`.
 */
async function shortNames(
  plugins: readonly OpenPlugin[],
  connection: DuckDBConnection,
): Promise<Record<string, string>> {
  const known = await connection.runAndReadAll(
    "SELECT DISTINCT lower(function_name) FROM duckdb_functions()",
  );
  const taken = new Set(known.getRows().map(([name]) => String(name)));
  const byLocal = new Map<string, string[]>();
  for (const { callee } of plugins.flatMap(({ plugin }) => functionsOf(plugin))) {
    const local = callee.name.local.replaceAll("-", "_").toLowerCase();
    byLocal.set(local, [...(byLocal.get(local) ?? []), callee.name.toString()]);
  }
  const own = [...byLocal].flatMap(([local, [qname, ...others]]): [string, string][] =>
    qname === undefined || others.length > 0 || taken.has(local) ? [] : [[local, qname]],
  );
  return Object.fromEntries(own);
}

/** Plugins that end with their scope, the last first. */
class OpenPlugins implements AsyncDisposable {
  readonly opened: OpenPlugin[] = [];

  add(plugin: OpenPlugin): void {
    this.opened.push(plugin);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const plugin of this.opened.reverse()) await plugin[Symbol.asyncDispose]();
  }
}
