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
  write(name: string, given: Given): Promise<string>;
}

export interface Given {
  readonly options: Readonly<Record<string, string | undefined>>;
  /** Of the repository. */
  readonly root: URL;
  /** Fires where whoever runs the command ends it. */
  readonly signal: AbortSignal;
}

const ENDINGS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/** Runs a command with the arguments of this process, and installs; says in one line what went wrong. */
export async function runCommand(command: Command): Promise<void> {
  const ended = new AbortController();
  for (const name of ENDINGS) {
    const reason = new ScaffoldError(`ended by ${name}; nothing is left behind`);
    process.on(name, () => ended.abort(reason));
  }
  try {
    await run(command, process.argv.slice(2), ended.signal);
  } catch (error) {
    console.error(`error: ${error instanceof Error ? error.message : error}`);
    process.exitCode = 1;
  }
}

async function run(command: Command, args: readonly string[], signal: AbortSignal): Promise<void> {
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
  const texts = options as Record<string, string | undefined>;
  const nextSteps = await command.write(name, { options: texts, root, signal });
  await install(root);
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
