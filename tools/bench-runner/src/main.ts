import { Command, Option } from "commander";
import { BenchError } from "./bench-error.ts";
import { compare } from "./compare/compare.ts";
import { writeFigures } from "./docs/write-figures.ts";
import { readReport } from "./report/report.ts";
import { findBenches } from "./run/find-benches.ts";
import { runBenches } from "./run/run-benches.ts";

const root = new URL("../../../", import.meta.url);
const ended = new AbortController();
for (const name of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
  process.on(name, () => ended.abort(`ended by ${name}`));
}
const { signal } = ended;
const progress = (text: string) => console.error(text);
const only = () =>
  new Option("--only <names>", "these benches, such as ipc,loaders").argParser((text) =>
    text.split(","),
  );
const quick = () => new Option("--quick", "fewer runs, for a look; the report says so");

const program = new Command("pnpm").description("Measures, and compares what was measured.");
program
  .command("bench", { isDefault: true })
  .description("Runs every bench and writes reports/bench/<commit>.json.")
  .addOption(only().default(undefined))
  .addOption(quick().default(false))
  .option("--out <file>", "where the report goes instead")
  .option("--list", "prints the names of the benches, and runs none")
  .action(async ({ list, ...options }) => {
    if (list === true)
      console.log(
        findBenches(root)
          .map(({ name }) => name)
          .join("\n"),
      );
    else await runBenches({ root, signal, ...options });
  });
program
  .command("bench:compare")
  .description("Shows what changed from A to B, each a report or a revision of git.")
  .argument("<A>")
  .argument("<B>")
  .addOption(only().default(undefined))
  .addOption(quick().default(false))
  .option("--anyway", "compares ratios where the machines differ", false)
  .action(async (a: string, b: string, options) => {
    console.log(await compare(a, b, { root, signal, progress, ...options }));
  });
program
  .command("bench:docs")
  .description("Writes the figures of a report into docs/performance.md.")
  .argument("<report>")
  .action((file: string) => {
    writeFigures(new URL("docs/performance.md", root), readReport(file));
  });

try {
  await program.parseAsync();
} catch (error) {
  if (!(error instanceof BenchError)) throw error;
  console.error(`error: ${error.message}`);
  process.exitCode = 1;
}
