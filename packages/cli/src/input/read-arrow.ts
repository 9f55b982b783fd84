import { toArrowType } from "@uni/plugin";
import { decodeBatches, IpcError } from "@uni/wasm-rt";
import type { RecordBatch } from "apache-arrow";
import { CliError } from "../errors/cli-error.ts";
import { nameOf } from "../plugin/read-bytes.ts";
import type { PluginFunction } from "../plugin/signature-text.ts";
import { batchOf } from "../values/batch.ts";
import { adaptColumn } from "./adapt-column.ts";
import { type ArgumentColumn, chooseColumns, refuseTypes } from "./choose-columns.ts";
import { decodeArrowFile, isArrowFile } from "./decode-arrow-file.ts";

export interface ArrowInput {
  readonly path: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly columns: readonly string[] | undefined;
}

/** The batches of an Arrow stream, or of a file with a stream in it, as arguments of a function. */
export function* readArrow(
  fn: PluginFunction,
  { path, bytes, columns: names }: ArrowInput,
): Generator<RecordBatch> {
  const file = nameOf(path);
  let columns: ArgumentColumn[] | undefined;
  for (const batch of decoded(file, bytes)) {
    columns ??= chooseColumns(
      fn,
      file,
      batch.schema.fields.map(({ name, type }) => ({ name, type: String(type) })),
      names,
    );
    yield argumentsOf(fn, file, columns, batch);
  }
}

function argumentsOf(
  fn: PluginFunction,
  file: string,
  columns: readonly ArgumentColumn[],
  batch: RecordBatch,
): RecordBatch {
  const adapted = columns.flatMap(({ index, wanted }) => {
    const column = batch.data.children[index];
    return (column && adaptColumn(column, toArrowType(wanted))) ?? [];
  });
  if (adapted.length < columns.length) {
    refuseTypes(fn, file, columns, "cast the columns when the file is written");
  }
  return batchOf(
    columns.map(({ name }) => name),
    adapted,
    batch.numRows,
  );
}

function decoded(file: string, bytes: Uint8Array<ArrayBuffer>): RecordBatch[] {
  try {
    return isArrowFile(bytes) ? decodeArrowFile(bytes) : decodeBatches(bytes, { owned: true });
  } catch (cause) {
    if (!(cause instanceof IpcError)) throw cause;
    const hint = cause.code === "IPC_UNSUPPORTED" ? UNSUPPORTED : undefined;
    throw new CliError("INPUT", `cannot read ${file} as Arrow: ${cause.message}`, { hint, cause });
  }
}

const UNSUPPORTED = "write it without compression and with plain types, or as Parquet";
