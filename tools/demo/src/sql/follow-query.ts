import type { DuckDBConnection } from "@duckdb/node-api";
import type { Progress } from "../progress.ts";

const EVERY_MS = 50;

/**
 * Runs a query and says how many rows it has scanned; an abort interrupts it.
 *
 * @throws what the query throws, and the signal's reason where it was aborted.
 */
export async function followQuery<T>(
  connection: DuckDBConnection,
  progress: Progress,
  signal: AbortSignal,
  query: () => Promise<T>,
): Promise<T> {
  signal.throwIfAborted();
  const interrupt = () => connection.interrupt();
  signal.addEventListener("abort", interrupt, { once: true });
  const timer = setInterval(() => {
    progress.update(Number(connection.progress.rows_processed));
  }, EVERY_MS);
  try {
    const result = await query();
    signal.throwIfAborted();
    return result;
  } catch (error) {
    signal.throwIfAborted();
    throw error;
  } finally {
    clearInterval(timer);
    signal.removeEventListener("abort", interrupt);
  }
}
