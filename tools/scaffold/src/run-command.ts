import { type ParseArgsConfig, parseArgs } from "node:util";
import { install } from "./install.ts";
import { ScaffoldError } from "./scaffold-error.ts";

export interface Command {
  /** Such as `new-loader`. */
  readonly name: string;
  readonly usage: string;
  /** Beside `--help`, options that take a text. */
  readonly options?: readonly string[];
  /**
   * Writes what there is to write, or nothing.
   *
   * @returns the next steps, for people.
   */
  write(name: string, options: Readonly<Record<string, string | undefined>>, root: URL): string;
}

/** Runs a command with the arguments of this process, and installs; says in one line what went wrong. */
export function runCommand(command: Command): void {
  try {
    run(command, process.argv.slice(2));
  } catch (error) {
    console.error(`error: ${error instanceof Error ? error.message : error}`);
    process.exitCode = 1;
  }
}

function run(command: Command, args: readonly string[]): void {
  const { values, positionals } = parsed(command, args);
  const { help, ...options } = values;
  if (help === true) {
    console.log(command.usage);
    return;
  }
  const [name] = positionals;
  if (name === undefined || positionals.length > 1) {
    const came = positionals.length === 0 ? "none" : positionals.join(" ");
    throw new ScaffoldError(`expected one name, got ${came}; see "pnpm ${command.name} --help"`);
  }
  const root = new URL("../../../", import.meta.url);
  // All but `help` are of the type "string".
  const nextSteps = command.write(name, options as Record<string, string | undefined>, root);
  install(root);
  console.log(nextSteps);
}

function parsed({ name, options = [] }: Command, args: readonly string[]) {
  const known: ParseArgsConfig["options"] = {
    ...Object.fromEntries(options.map((option) => [option, { type: "string" } as const])),
    help: { type: "boolean", short: "h" },
  };
  try {
    return parseArgs({ args: [...args], allowPositionals: true, options: known });
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    const [said] = error.message.split(". ");
    throw new ScaffoldError(`${said}; see "pnpm ${name} --help"`);
  }
}
