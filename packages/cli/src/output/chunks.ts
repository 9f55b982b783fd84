import type { OutputFormat } from "../files/formats.ts";
import { printableJson } from "../terminal/printable.ts";
import { arrowBytes } from "./arrow-bytes.ts";
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
      return arrowBytes(result.batches(), format);
  }
}

/** RFC 4180, with line feeds alone as everywhere on Unix. A null is nothing; an empty text is quoted. */
async function* csv(result: Result): AsyncGenerator<string> {
  // What fails before there is a row prints nothing.
  let head = csvLines([result.columns.map(({ name }) => name)]);
  for await (const rows of result.texts()) {
    yield head + csvLines(rows);
    head = "";
  }
  if (head !== "") yield head;
}

function csvLines(rows: readonly (readonly (string | null)[])[]): string {
  // Readers skip an empty line.
  return rows.map((row) => `${row.map(csvField).join(",") || '""'}\n`).join("");
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
