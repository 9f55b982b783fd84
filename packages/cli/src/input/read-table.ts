import { toArrowType } from "@uni/plugin";
import type { RecordBatch } from "apache-arrow";
import { CliError } from "../errors/cli-error.ts";
import { firstParagraph } from "../errors/explain.ts";
import { type Database, openDatabase } from "../files/database.ts";
import type { InputFormat } from "../files/formats.ts";
import { sqlName, sqlPath } from "../files/sql-text.ts";
import { type PluginFunction, signatureText, typeText } from "../plugin/signature-text.ts";
import { batchOf } from "../values/batch.ts";
import { adaptColumn } from "./adapt-column.ts";
import {
  type ArgumentColumn,
  chooseColumns,
  columnsText,
  type FileColumn,
  refuseTypes,
} from "./choose-columns.ts";
import { convertText, convertTyped, REFUSED } from "./convert-column.ts";

export interface TableInput {
  readonly path: string;
  /** What messages call it. */
  readonly name: string;
  readonly format: Exclude<InputFormat, "arrow">;
  readonly columns: readonly string[] | undefined;
}

/** The rows of a CSV, JSON or Parquet file as arguments of a function, as DuckDB reads them. */
export async function* readTable(
  fn: PluginFunction,
  { path, name, format, columns: names }: TableInput,
  signal: AbortSignal,
): AsyncGenerator<RecordBatch> {
  await using database = await openDatabase(`reading ${format}`);
  const interrupt = () => database.connection.interrupt();
  signal.addEventListener("abort", interrupt, { once: true });
  let columns: readonly ArgumentColumn[] = [];
  try {
    const described = await describe(database, path, format);
    columns = chooseColumns(fn, name, described, names);
    const sql = query(fn, name, format, columns, source(path, format, described));
    for await (const batch of database.queryBatches(sql)) yield adapted(batch, columns);
  } catch (cause) {
    signal.throwIfAborted();
    throw readError(fn, { name, format, columns }, cause);
  } finally {
    signal.removeEventListener("abort", interrupt);
  }
}

/**
 * Text formats are read as text, so that no value changes before it becomes what is declared.
 *
 * @param columns undefined to find them out, with the types that their values look like.
 */
function source(
  path: string,
  format: TableInput["format"],
  columns?: readonly FileColumn[],
): string {
  switch (format) {
    case "csv":
      return `read_csv(${sqlPath(path)}, all_varchar = ${columns !== undefined}, header = true, allow_quoted_nulls = false)`;
    case "parquet":
      return `read_parquet(${sqlPath(path)})`;
    case "json":
    case "ndjson": {
      const layout = format === "json" ? "array" : "newline_delimited";
      const types = columns?.map(({ name }) => `${sqlName(name)}: 'JSON'`).join(", ");
      const typed = types === undefined ? "" : `, columns = {${types}}`;
      return `read_json(${sqlPath(path)}, format = '${layout}', records = true${typed})`;
    }
  }
}

async function describe(
  { connection }: Database,
  path: string,
  format: TableInput["format"],
): Promise<FileColumn[]> {
  const reader = await connection.runAndReadAll(`DESCRIBE SELECT * FROM ${source(path, format)}`);
  return reader.getRows().map(([name, type]) => ({ name: String(name), type: String(type) }));
}

function query(
  fn: PluginFunction,
  file: string,
  format: TableInput["format"],
  columns: readonly ArgumentColumn[],
  from: string,
): string {
  if (columns.length === 0) throw new CliError("USAGE", `${signatureText(fn)} takes no columns`);
  const expressions = columns.map((column, i) => {
    const { name, type, wanted } = column;
    const quoted = sqlName(name);
    const text = format === "csv" ? quoted : `json_extract_string(${quoted}, '$')`;
    const expression =
      format === "parquet" ? convertTyped(quoted, type, wanted) : convertText(text, name, wanted);
    if (expression === undefined) refuseTypes(fn, file, columns, PARQUET_HINT);
    return `${expression} AS arg${i}`;
  });
  return `SELECT ${expressions.join(", ")} FROM ${from}`;
}

const PARQUET_HINT = "choose other columns with --columns, or cast them when the file is written";

function adapted(batch: RecordBatch, columns: readonly ArgumentColumn[]): RecordBatch {
  const children = columns.map(({ wanted, name }, i) => {
    const column = batch.data.children[i];
    const data = column && adaptColumn(column, toArrowType(wanted));
    if (data !== undefined) return data;
    throw new Error(
      `DuckDB gave ${column?.type} for ${name}, which was cast to ${typeText(wanted)}`,
    );
  });
  return batchOf(
    columns.map(({ name }) => name),
    children,
    batch.numRows,
  );
}

function readError(
  fn: PluginFunction,
  {
    name: file,
    format,
    columns,
  }: { readonly name: string; readonly format: string; readonly columns: readonly FileColumn[] },
  cause: unknown,
): unknown {
  if (cause instanceof CliError || !(cause instanceof Error)) return cause;
  const [, refused] = new RegExp(`${REFUSED}(.*)`, "s").exec(cause.message) ?? [];
  if (refused !== undefined) {
    const message = `${signatureText(fn)} does not take ${columnsText(columns)} of ${file}: ${refused}`;
    return new CliError("ARGUMENTS", message, { cause });
  }
  const message = `cannot read ${file} as ${format}: ${firstParagraph(cause.message)}`;
  return new CliError("INPUT", message, { cause });
}
