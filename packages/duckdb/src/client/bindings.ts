import { createRequire } from "node:module";
import type * as Bindings from "@duckdb/node-bindings";

const require = createRequire(import.meta.url);

/**
 * The functions under `@duckdb/node-api`, in the very copy that it uses: its handles mean nothing to
 * another one. The client's own vectors read and write one value at a time; whole buffers go through
 * these.
 */
export const bindings: typeof Bindings = createRequire(require.resolve("@duckdb/node-api"))(
  "@duckdb/node-bindings",
);

export type { DataChunk, Vector } from "@duckdb/node-bindings";
