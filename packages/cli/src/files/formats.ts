import { extname } from "node:path";
import { CliError } from "../errors/cli-error.ts";

export type OutputFormat = "table" | "csv" | "json" | "ndjson" | "arrow" | "arrows" | "parquet";
export type InputFormat = Exclude<OutputFormat, "table" | "arrows">;

export const OUTPUT_FORMATS: readonly OutputFormat[] = [
  "table",
  "csv",
  "json",
  "ndjson",
  "arrow",
  "arrows",
  "parquet",
];

/** Whether the file or the stream format of Arrow, the bytes themselves say. */
export const INPUT_FORMATS: readonly InputFormat[] = ["csv", "json", "ndjson", "arrow", "parquet"];

const BY_EXTENSION: Readonly<Record<string, Exclude<OutputFormat, "table">>> = {
  ".csv": "csv",
  ".json": "json",
  ".ndjson": "ndjson",
  ".jsonl": "ndjson",
  ".arrow": "arrow",
  ".feather": "arrow",
  ".arrows": "arrows",
  ".ipc": "arrows",
  ".parquet": "parquet",
};

/** What only programs read. */
export function isBinary(format: OutputFormat): boolean {
  return format === "arrow" || format === "arrows" || format === "parquet";
}

/** @throws CliError `USAGE` where neither is said what the output is, nor its name says it. */
export function outputFormat(path: string): OutputFormat {
  const format = BY_EXTENSION[extname(path).toLowerCase()];
  if (format !== undefined) return format;
  throw unknownFormat(path, "--format", OUTPUT_FORMATS);
}

/** @throws CliError `USAGE` as for an output. */
export function inputFormat(path: string): InputFormat {
  const extension = extname(path).toLowerCase();
  const format = extension === ".tsv" ? "csv" : BY_EXTENSION[extension];
  if (format === "arrows") return "arrow";
  if (format !== undefined) return format;
  throw unknownFormat(path, "--input-format", INPUT_FORMATS);
}

function unknownFormat(path: string, option: string, formats: readonly string[]): CliError {
  const what = path === "-" ? "the standard input" : path;
  return new CliError("USAGE", `the name of ${what} does not say its format`, {
    hint: `say it with ${option}: ${formats.join(", ")}`,
  });
}
