// Loaded into the job by a test: interrupts it, as Ctrl-C does, in the middle of a query.
import { DuckDBConnection } from "@duckdb/node-api";

const ROWS = 200_000;
const { get: progress } = Object.getOwnPropertyDescriptor(DuckDBConnection.prototype, "progress");
let done = false;
Object.defineProperty(DuckDBConnection.prototype, "progress", {
  get() {
    const now = progress.call(this);
    if (!done && now.rows_processed >= ROWS) {
      done = true;
      process.kill(process.pid, "SIGINT");
    }
    return now;
  },
});
