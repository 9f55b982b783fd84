import { InvalidArgumentError, Option } from "commander";
import { INPUT_FORMATS, OUTPUT_FORMATS } from "./files/formats.ts";

export const inputOption = (): Option =>
  new Option("-i, --input <file>", "rows of arguments; - is the standard input");
export const inputFormatOption = (): Option =>
  new Option("--input-format <format>", "what the input is (default: by its name)").choices(
    INPUT_FORMATS,
  );
export const columnsOption = (): Option =>
  new Option(
    "--columns <names>",
    "the input's columns that are the arguments, in their order",
  ).argParser((text) => text.split(",").map((name) => name.trim()));
export const outputOption = (): Option =>
  new Option("-o, --output <file>", "where the result goes (default: -, the standard output)");
export const formatOption = (): Option =>
  new Option(
    "-f, --format <format>",
    "what the result is written as (default: by the output's name; a table on a terminal, else csv)",
  ).choices(OUTPUT_FORMATS);
export const timeoutOption = (): Option =>
  new Option("--timeout <ms>", "longest that one call may take (default: 30000)").argParser(
    atLeast(1),
  );
export const grantOption = (): Option =>
  new Option(
    "--grant <capability>",
    "grants one more, or a part of it as name=pattern; can be repeated",
  )
    .default([], "the surfaces")
    .argParser((text, before: string[]) => [...before, text]);

export function atLeast(least: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (/^\d+$/.test(text) && Number.isSafeInteger(value) && value >= least && value < 2 ** 31)
      return value;
    throw new InvalidArgumentError(`It is an integer of ${least} at least.`);
  };
}

export function positive(text: string): number {
  const value = Number(text);
  if (text.trim() !== "" && Number.isFinite(value) && value > 0 && value <= 3600) return value;
  throw new InvalidArgumentError("It is a number above 0, and at most 3600.");
}
