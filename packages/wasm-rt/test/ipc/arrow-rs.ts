import { createRequire } from "node:module";

// Its ESM build wants to be initialised from a URL; its Node.js build is CommonJS.
const require = createRequire(import.meta.url);

type ParquetWasm = typeof import("parquet-wasm");

/**
 * A stream as arrow-rs reads it and writes it again: an implementation that shares no code with ours.
 *
 * @throws what arrow-rs throws; after a trap the next call has a fresh instance.
 */
export function throughArrowRs(stream: Uint8Array): Uint8Array {
  const parquet = require("parquet-wasm") as ParquetWasm;
  try {
    return parquet.Table.fromIPCStream(stream).intoIPCStream();
  } catch (error) {
    if (error instanceof WebAssembly.RuntimeError)
      delete require.cache[require.resolve("parquet-wasm")];
    throw error;
  }
}

/** The rows of a Parquet file, as the stream that arrow-rs makes of them. */
export function streamOfParquet(file: Uint8Array): Uint8Array {
  const parquet = require("parquet-wasm") as ParquetWasm;
  return parquet.readParquet(file).intoIPCStream();
}
