/**
 * Plugin functions inside DuckDB SQL.
 *
 * @module
 */

export { queryBatches } from "./batches/query-batches.ts";
