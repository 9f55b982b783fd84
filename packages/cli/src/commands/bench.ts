import type { Isolation } from "@uni/wasm-rt";
import type { RecordBatch } from "apache-arrow";
import { generateRows } from "../bench/generate-rows.ts";
import { type Contestant, measure } from "../bench/measure.ts";
import { blocksOf, type Span, type Statistics, spanOf, statisticsOf } from "../bench/statistics.ts";
import type { CommandContext } from "../command-context.ts";
import { CliError } from "../errors/cli-error.ts";
import type { InputFormat } from "../files/formats.ts";
import { readInput } from "../input/read-input.ts";
import { detectFormat } from "../plugin/detect-format.ts";
import { findFunction } from "../plugin/find-function.ts";
import { openPlugin } from "../plugin/open-plugin.ts";
import { readBytes } from "../plugin/read-bytes.ts";
import { type PluginFunction, signatureText } from "../plugin/signature-text.ts";
import type { Terminal } from "../terminal/terminal.ts";

export interface BenchArguments {
  readonly file: string;
  readonly name: string;
  readonly rows: number;
  readonly seconds: number;
  readonly input?: string;
  readonly inputFormat?: InputFormat;
  readonly columns?: readonly string[];
  readonly grant: readonly string[];
  readonly json?: boolean;
}

/** Measures a function with guests on threads and inline, in turns. */
export async function bench(options: BenchArguments, context: CommandContext): Promise<void> {
  const { terminal, signal } = context;
  const { seconds, grant: grants, json = false } = options;
  const file = detectFormat(options.file, await readBytes(options.file, context));
  const load = (isolation: Isolation) => openPlugin(file, { isolation, grants }, context);
  await using onThreads = await load("thread");
  await using inline = await load("inline");
  const contestants = [onThreads, inline].map(({ plugin }): Contestant => {
    return { fn: findFunction(plugin, options.name), durationsUs: [] };
  });
  const fn = findFunction(inline.plugin, options.name);
  const rows = await rowsOf(fn, options, context);
  terminal.progress(`measuring for ${seconds} s`);
  await measure(contestants, rows, seconds, signal);
  terminal.progress("");

  const span = spanOf(contestants.map(({ durationsUs }) => durationsUs));
  const [thread, direct] = contestants.map(({ durationsUs }) =>
    statisticsOf(durationsUs, rows.numRows, span),
  );
  if (thread === undefined || direct === undefined) throw new Error("there are two isolations");
  const outcome: Outcome = { fn, rows: rows.numRows, span, thread, inline: direct };
  if (json) await terminal.write(`${JSON.stringify(asJson(outcome), null, 2)}\n`);
  else await printText(outcome, terminal);
}

interface Outcome {
  readonly fn: PluginFunction;
  readonly rows: number;
  readonly span: Span;
  readonly thread: Statistics;
  readonly inline: Statistics;
}

/** One batch; a procedure takes one row, and of an input a bench takes the first batch. */
async function rowsOf(
  fn: PluginFunction,
  { input, inputFormat, columns, rows }: BenchArguments,
  context: CommandContext,
): Promise<RecordBatch> {
  const most = fn.kind === "procedure" ? 1 : rows;
  if (input === undefined) return generateRows(fn.callee.signature.args, most);
  for await (const batch of readInput(fn, { input, inputFormat, columns }, context)) {
    if (batch.numRows > 0) return batch.slice(0, most);
  }
  throw new CliError("INPUT", `${input} has no rows`);
}

function asJson({ fn, rows, span, thread, inline }: Outcome): object {
  return { function: fn.callee.name.toString(), rows, span, thread, inline };
}

async function printText(
  { fn, rows, span, thread, inline }: Outcome,
  terminal: Terminal,
): Promise<void> {
  const count = `${rows.toLocaleString("en")} row${rows === 1 ? "" : "s"} a call`;
  await terminal.print({ style: "bold", text: signatureText(fn) }, `   ${count}`);
  await terminal.print("");
  const line = (name: string, value: (of: Statistics) => string) =>
    terminal.print(name.padEnd(20), value(thread).padStart(14), value(inline).padStart(14));
  await terminal.print({
    style: "dim",
    text: `${" ".repeat(20)}${"thread".padStart(14)}${"inline".padStart(14)}`,
  });
  await line("calls", ({ calls }) => calls.toLocaleString("en"));
  await line("rows/s", ({ rowsPerSecond }) => whole(rowsPerSecond));
  await line("µs a call, median", ({ medianUs }) => whole(medianUs));
  await line("           95 %", ({ p95Us }) => whole(p95Us));
  await line("           99 %", ({ p99Us }) => whole(p99Us));
  await terminal.print("");
  for (const [name, { histogram }] of [
    ["thread", thread],
    ["inline", inline],
  ] as const) {
    await terminal.print(`${name}  `, { style: "cyan", text: blocksOf(histogram) });
  }
  const ends = [`${whole(span.fromUs)} µs`, `${whole(span.toUs)} µs or more`] as const;
  await terminal.print({
    style: "dim",
    text: `        ${ends[0]}${ends[1].padStart(32 - ends[0].length)}`,
  });
}

function whole(value: number): string {
  return Math.round(value).toLocaleString("en");
}
