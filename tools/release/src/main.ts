import { fileURLToPath } from "node:url";
import { readArguments, USAGE } from "./read-arguments.ts";
import { rehearse } from "./rehearse.ts";
import { Progress } from "./run/progress.ts";

const ENDINGS = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 } as const;

async function main(): Promise<number> {
  const ended = new AbortController();
  let endingStatus = 1;
  for (const [name, status] of Object.entries(ENDINGS)) {
    // What was started has to end, and the temporary folder has to go, before this process does.
    process.on(name, () => {
      endingStatus = status;
      ended.abort(new Error(`ended by ${name}`));
    });
  }
  const progress = new Progress();
  try {
    const options = readArguments(process.argv.slice(2));
    if (options.help) {
      console.log(USAGE);
      return 0;
    }
    const root = fileURLToPath(new URL("../../..", import.meta.url));
    const said = await rehearse(root, options, progress, ended.signal);
    for (const failure of progress.failures) console.error(`error: ${failure}\n`);
    const { failures, elapsed } = progress;
    const verdict = failures.length === 0 ? "rehearsed" : `${failures.length} failures`;
    console.log(`${verdict}: ${said}, in ${elapsed}`);
    return failures.length === 0 ? 0 : 1;
  } catch (error) {
    for (const failure of progress.failures) console.error(`error: ${failure}\n`);
    console.error(`error: ${error instanceof Error ? error.message : error}`);
    console.log(`not rehearsed, after ${progress.elapsed}`);
    return ended.signal.aborted ? endingStatus : 1;
  }
}

process.exitCode = await main();
