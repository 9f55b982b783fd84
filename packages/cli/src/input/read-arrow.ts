import { toArrowType } from "@uni/plugin";
import { decodeBatches, type IpcDecodeOptions, IpcError } from "@uni/wasm-rt";
import type { RecordBatch } from "apache-arrow";
import { CliError } from "../errors/cli-error.ts";
import { nameOf } from "../plugin/read-bytes.ts";
import type { PluginFunction } from "../plugin/signature-text.ts";
import { batchOf } from "../values/argument-batch.ts";
import { adaptColumn } from "./adapt-column.ts";
import { type ArgumentColumn, chooseColumns, refuseTypes } from "./choose-columns.ts";

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
    const stream = streamOf(bytes);
    return decodeBatches(stream.bytes, { owned: true, ...stream.options });
  } catch (cause) {
    if (!(cause instanceof IpcError)) throw cause;
    const hint = cause.code === "IPC_UNSUPPORTED" ? UNSUPPORTED : undefined;
    throw new CliError("INPUT", `cannot read ${file} as Arrow: ${cause.message}`, { hint, cause });
  }
}

const UNSUPPORTED = "write it without compression and with plain types, or as Parquet";
const FILE_MAGIC = new TextEncoder().encode("ARROW1");
const FILE_START = 8;

/**
 * An Arrow file is a stream between magic and a footer (Arrow columnar format, "IPC File Format"). The
 * footer only says where the batches are, so that it can be left out: what is in the file is then checked
 * to the last byte, as a stream is.
 */
function streamOf(bytes: Uint8Array<ArrayBuffer>): {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly options: IpcDecodeOptions;
} {
  if (!FILE_MAGIC.every((byte, i) => bytes[i] === byte)) return { bytes, options: {} };
  const tail = FILE_MAGIC.length + 4;
  const footerEnd = bytes.length - tail;
  const isWhole = FILE_MAGIC.every((byte, i) => bytes[footerEnd + 4 + i] === byte);
  if (!isWhole || footerEnd < FILE_START) throw cutOff();
  const footerBytes = new DataView(bytes.buffer, bytes.byteOffset).getInt32(footerEnd, true);
  const end = footerEnd - footerBytes;
  if (footerBytes < 0 || end < FILE_START) throw cutOff();
  // Writers may leave out the end of the stream, where the footer says it.
  return { bytes: bytes.subarray(FILE_START, end), options: { endOfStream: "optional" } };
}

function cutOff(): IpcError {
  return new IpcError("IPC_MALFORMED", "the file has no end, so it was damaged or cut off");
}
