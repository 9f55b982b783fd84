/**
 * Plugin functions inside DuckDB SQL.
 *
 * @packageDocumentation
 */

export { type AttachOptions, attach } from "./attach.ts";
export type { AttachedFunction, Attachment } from "./attachment.ts";
export { createTable } from "./batches/create-table.ts";
export { queryBatches } from "./batches/query-batches.ts";
