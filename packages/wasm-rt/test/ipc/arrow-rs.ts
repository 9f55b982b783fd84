import { createRequire } from "node:module";

// Its ESM build wants to be initialised from a URL; its Node.js build is CommonJS.
const require = createRequire(import.meta.url);

/** A stream as arrow-rs reads it and writes it again: an implementation that shares no code with ours. */
export function throughArrowRs(stream: Uint8Array): Uint8Array {
  const parquet = require("parquet-wasm") as typeof import("parquet-wasm");
  return parquet.Table.fromIPCStream(stream).intoIPCStream();
}
