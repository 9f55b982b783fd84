import { setImmediate } from "node:timers/promises";
import { type ScalarFunction, toArrowType } from "@uni/plugin";
import type { Isolation } from "@uni/wasm-rt";
import { Field, type RecordBatch, Schema, Vector, vectorFromArray } from "apache-arrow";
import type { CommandContext } from "../command-context.ts";
import { CliError } from "../errors/cli-error.ts";
import type { InputFormat } from "../files/formats.ts";
import { readInput } from "../input/read-input.ts";
import { BatchResult } from "../output/batch-result.ts";
import { type OutputOptions, type Target, targetOf, writeResult } from "../output/write-result.ts";
import { detectFormat } from "../plugin/detect-format.ts";
import { findFunction } from "../plugin/find-function.ts";
import { openPlugin } from "../plugin/open-plugin.ts";
import { readBytes } from "../plugin/read-bytes.ts";
import type { PluginFunction } from "../plugin/signature-text.ts";
import { argumentRow } from "../values/argument-batch.ts";
import { batchOf, dataOf } from "../values/batch.ts";

export interface CallArguments extends OutputOptions {
  readonly file: string;
  readonly name: string;
  readonly args: readonly string[];
  readonly input?: string;
  readonly inputFormat?: InputFormat;
  readonly columns?: readonly string[];
  readonly timeout?: number;
  readonly grant: readonly string[];
  readonly isolation: Isolation;
}

/** Calls a function, with one row of arguments or with many, and writes what it gives. */
export async function call(options: CallArguments, context: CommandContext): Promise<void> {
  const { terminal } = context;
  const target = targetOf(options, terminal);
  refuseMixtures(options);
  const file = detectFormat(options.file, await readBytes(options.file, context));
  const { isolation, timeout: timeoutMs, grant: grants } = options;
  await using open = await openPlugin(file, { isolation, timeoutMs, grants }, context);
  const fn = findFunction(open.plugin, options.name);
  const result = new BatchResult(schemaOf(fn), answers(fn, rowsOf(fn, options, context), context));
  if (isOneValue(fn, options, target)) await printValue(result, context);
  else await writeResult(result, target, context);
  terminal.progress("");
}

function refuseMixtures({ file, input, args, columns, inputFormat }: CallArguments): void {
  const refuse = (message: string) => {
    throw new CliError("USAGE", message);
  };
  if (input !== undefined && args.length > 0) {
    refuse("arguments come from the command line or from --input, not from both");
  }
  if (input === undefined && columns !== undefined) refuse("--columns are those of an --input");
  if (input === undefined && inputFormat !== undefined)
    refuse("--input-format is that of an --input");
  if (file === "-" && input === "-")
    refuse("the plugin and --input cannot both be the standard input");
}

function rowsOf(
  fn: PluginFunction,
  { input, args, inputFormat, columns }: CallArguments,
  context: CommandContext,
): AsyncIterable<RecordBatch> | Iterable<RecordBatch> {
  if (input === undefined) return [argumentRow(fn, args)];
  if (fn.kind !== "procedure") return readInput(fn, { input, inputFormat, columns }, context);
  throw new CliError(
    "USAGE",
    `${fn.callee.name.local} is a procedure, which takes one row of arguments`,
    {
      hint: "write them on the command line; in SQL, a procedure is a table function",
    },
  );
}

function schemaOf({ kind, callee }: PluginFunction): Schema {
  if (kind === "procedure") {
    const { yields } = callee.signature;
    return new Schema(yields.map((type, i) => new Field(`yield${i}`, toArrowType(type), true)));
  }
  return new Schema([new Field(callee.name.local, toArrowType(callee.signature.returns), true)]);
}

async function* answers(
  fn: PluginFunction,
  rows: AsyncIterable<RecordBatch> | Iterable<RecordBatch>,
  context: CommandContext,
): AsyncGenerator<RecordBatch> {
  const { signal } = context;
  switch (fn.kind) {
    case "scalar":
      for await (const batch of counted(rows, context))
        yield await scalarBatch(fn.callee, batch, signal);
      return;
    case "aggregate": {
      const { name, signature } = fn.callee;
      const accumulator = fn.callee.createAccumulator();
      for await (const batch of counted(rows, context)) await accumulator.update(batch, { signal });
      const value = await accumulator.evaluate({ signal });
      // Builders take the items of a list as an array.
      const plain = value instanceof Vector ? [...value] : value;
      const column = dataOf(vectorFromArray([plain], toArrowType(signature.returns)));
      yield batchOf([name.local], [column], 1);
      return;
    }
    case "procedure":
      for await (const batch of rows) yield* fn.callee.invoke(batch, { signal });
  }
}

async function scalarBatch(
  scalar: ScalarFunction,
  batch: RecordBatch,
  signal: AbortSignal,
): Promise<RecordBatch> {
  const column = await scalar.invoke(batch, { signal });
  return batchOf([scalar.name.local], [dataOf(column)], batch.numRows);
}

/** From when on work is long. */
const LONG_MS = 1000;

/** Passes rows on, and shows how many there were where it takes long and the output does not show it. */
async function* counted(
  rows: AsyncIterable<RecordBatch> | Iterable<RecordBatch>,
  { terminal, signal }: CommandContext,
): AsyncGenerator<RecordBatch> {
  let count = 0;
  const started = performance.now();
  for await (const batch of rows) {
    // Inline calls never leave the thread: here Ctrl-C is heard.
    await setImmediate();
    signal.throwIfAborted();
    yield batch;
    count += batch.numRows;
    if (terminal.isInteractive || performance.now() - started < LONG_MS) continue;
    terminal.progress(`${count.toLocaleString("en")} rows`);
  }
}

/** One value needs no table around it. */
function isOneValue(fn: PluginFunction, options: CallArguments, { path }: Target): boolean {
  if (fn.kind === "procedure" || path !== undefined || options.format || options.json) return false;
  return fn.kind === "aggregate" || options.input === undefined;
}

async function printValue(result: BatchResult, { terminal }: CommandContext): Promise<void> {
  for await (const rows of result.texts()) {
    for (const [text] of rows) {
      if (terminal.isInteractive) await terminal.print(text ?? "null");
      else await terminal.write(`${text ?? "null"}\n`);
    }
  }
}
