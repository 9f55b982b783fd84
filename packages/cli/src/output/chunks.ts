import { Readable } from "node:stream";
import { RecordBatchFileWriter, RecordBatchStreamWriter } from "apache-arrow";
import type { OutputFormat } from "../files/formats.ts";
import { printableJson } from "../terminal/printable.ts";
import type { Result } from "./result.ts";

/** What an output consists of, piece by piece, of every format that needs no whole file. */
export function chunksOf(
  result: Result,
  format: Exclude<OutputFormat, "table" | "parquet">,
): AsyncIterable<string | Uint8Array> {
  switch (format) {
    case "csv":
      return csv(result);
    case "json":
      return json(result);
    case "ndjson":
      return ndjson(result);
    case "arrow":
    case "arrows":
      return arrow(result, format);
  }
}

/** RFC 4180, with line feeds alone as everywhere on Unix. A null is nothing; an empty text is quoted. */
async function* csv(result: Result): AsyncGenerator<string> {
  yield csvLines([result.columns.map(({ name }) => name)]);
  for await (const rows of result.texts()) {
    if (rows.length > 0) yield csvLines(rows);
  }
}

function csvLines(rows: readonly (readonly (string | null)[])[]): string {
  return rows.map((row) => `${row.map(csvField).join(",")}\n`).join("");
}

function csvField(text: string | null): string {
  if (text === null) return "";
  // A field with spaces at its ends is quoted too: some readers trim.
  return text === "" || /[",\r\n]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

async function* json(result: Result): AsyncGenerator<string> {
  let before = "[\n";
  for await (const objects of objectsOf(result)) {
    if (objects.length === 0) continue;
    yield before + objects.join(",\n");
    before = ",\n";
  }
  yield before === "[\n" ? "[]\n" : "\n]\n";
}

async function* ndjson(result: Result): AsyncGenerator<string> {
  for await (const objects of objectsOf(result)) {
    if (objects.length > 0) yield `${objects.join("\n")}\n`;
  }
}

async function* objectsOf(result: Result): AsyncGenerator<string[]> {
  const keys = result.columns.map(({ name }) => JSON.stringify(name));
  for await (const rows of result.jsons()) {
    yield rows.map((row) =>
      printableJson(`{${row.map((value, i) => `${keys[i]}:${value}`).join(",")}}`),
    );
  }
}

async function* arrow(result: Result, format: "arrow" | "arrows"): AsyncGenerator<Uint8Array> {
  const Writer = format === "arrow" ? RecordBatchFileWriter : RecordBatchStreamWriter;
  const batches = Readable.from(result.batches());
  const bytes = batches.pipe(Writer.throughNode());
  // A pipe does not pass on what fails at its start.
  batches.on("error", (error) => bytes.destroy(error));
  try {
    yield* bytes;
  } finally {
    batches.destroy();
  }
}
