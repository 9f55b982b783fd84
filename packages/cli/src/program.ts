import { readFileSync } from "node:fs";
import { Argument, Command, Option } from "commander";
import type { CommandContext } from "./command-context.ts";
import { EXAMPLES } from "./examples.ts";
import {
  atLeast,
  columnsOption,
  formatOption,
  grantOption,
  inputFormatOption,
  inputOption,
  outputOption,
  positive,
  timeoutOption,
} from "./options.ts";
import { printableLines } from "./terminal/printable.ts";

/** A program, and what its command exits with. */
class Program extends Command {
  status = 0;
}

const FILE = new Argument("<file>", "the plugin; - is the standard input");
const NAME = new Argument("<function>", "its name, whole or the last part");

/** The commands. What a command does is loaded when it runs: help needs neither Arrow nor a loader. */
export function makeProgram(context: CommandContext): Program {
  const program = new Program("uni-wasm");
  const { terminal } = context;
  program
    .description("Inspects, checks, calls, queries, measures and precompiles WebAssembly plugins.")
    .version(version(), "-V, --version", "prints the version")
    .helpOption("-h, --help", "prints this help")
    .helpCommand("help [command]", "prints the help of a command")
    .exitOverride()
    .showSuggestionAfterError()
    .configureOutput({
      writeOut: (text) => void terminal.write(text),
      writeErr: (text) => terminal.noteLines(text),
      outputError: (text, write) => write(printableLines(text)),
    });

  const command = (name: string, description: string, example: string): Command =>
    program
      .command(name)
      .description(description)
      .option("--json", "prints JSON, for programs")
      .option("--debug", "prints stack traces of errors")
      .addHelpText("after", `\nExamples:\n${example}`);

  command("inspect", "Shows what a plugin is, offers and wants.", EXAMPLES.inspect)
    .addArgument(FILE)
    .action(async (file, options) => {
      const { inspect } = await import("./commands/inspect.ts");
      await inspect(file, options, context);
    });

  command("check", "Holds a plugin to the conformance suite.", EXAMPLES.check)
    .addArgument(FILE)
    .addOption(grantOption())
    .addOption(timeoutOption())
    .addOption(
      new Option("--rows <n>", "rows of the largest batch (default: 10000)").argParser(atLeast(2)),
    )
    .addOption(new Option("--seed <n>", "chooses the values (default: 1)").argParser(atLeast(0)))
    .action(async (file, options) => {
      const { check } = await import("./commands/check.ts");
      program.status = await check(file, options, context);
    });

  command("call", "Calls a function: with arguments, or with the rows of a file.", EXAMPLES.call)
    .addArgument(FILE)
    .addArgument(NAME)
    .argument("[args...]", "the arguments, by the declared types; null is a null")
    .addOption(inputOption())
    .addOption(inputFormatOption())
    .addOption(columnsOption())
    .addOption(outputOption())
    .addOption(formatOption())
    .addOption(timeoutOption())
    .addOption(grantOption())
    .addOption(
      new Option("--isolation <where>", "runs guests on threads, or in the way of everything else")
        .choices(["thread", "inline"])
        .default("thread"),
    )
    .action(async (file, name, args, options) => {
      const { call } = await import("./commands/call.ts");
      await call({ file, name, args, ...options }, context);
    });

  command("sql", "Runs a query of DuckDB that can use the functions of plugins.", EXAMPLES.sql)
    .argument("<files...>", "plugins, and the query behind them")
    .addOption(outputOption())
    .addOption(formatOption())
    .addOption(timeoutOption())
    .addOption(grantOption())
    .action(async (files, options) => {
      const { sql } = await import("./commands/sql.ts");
      await sql(files, options, context);
    });

  command("bench", "Measures a function, with guests on threads and inline.", EXAMPLES.bench)
    .addArgument(FILE)
    .addArgument(NAME)
    .addOption(new Option("--rows <n>", "rows a call").default(10_000).argParser(atLeast(1)))
    .addOption(new Option("--seconds <s>", "how long to measure").default(4).argParser(positive))
    .addOption(inputOption())
    .addOption(inputFormatOption())
    .addOption(columnsOption())
    .addOption(grantOption())
    .action(async (file, name, options) => {
      const { bench } = await import("./commands/bench.ts");
      await bench({ file, name, ...options }, context);
    });

  command("precompile", "Takes a component apart ahead of time.", EXAMPLES.precompile)
    .addArgument(FILE)
    .option("-o, --output <file>", "where to write it (default: FILE with .precompiled)")
    .action(async (file, options) => {
      const { precompile } = await import("./commands/precompile.ts");
      await precompile(file, options, context);
    });

  return program;
}

function version(): string {
  const json: unknown = JSON.parse(
    readFileSync(new URL("../package.json", import.meta.url), "utf8"),
  );
  // The package's own file, which has a version.
  return (json as { version: string }).version;
}
