#!/usr/bin/env node
import { removeHalfWritten } from "./output/atomic-file.ts";
import { run } from "./run.ts";

/** 128 and the number of the signal, as shells say it. */
const ENDED_BY = { SIGINT: 130, SIGTERM: 143 } as const;

const ended = new AbortController();
let status: number | undefined;
for (const [signal, endedStatus] of Object.entries(ENDED_BY)) {
  process.on(signal, () => {
    // Who asks twice does not want to wait for anything.
    if (status !== undefined) {
      removeHalfWritten();
      process.exit(endedStatus);
    }
    status = endedStatus;
    ended.abort();
  });
}

const result = await run(process.argv.slice(2), process, ended.signal);
// Nothing is left to wait for but what cannot be ended, such as reading from a terminal.
process.exit(status ?? result);
