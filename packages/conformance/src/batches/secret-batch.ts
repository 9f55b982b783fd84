import { SECRET_HANDLE_EXTENSION } from "@uni/wasm-rt";
import { Field, Float64, type RecordBatch, Table, tableToIPC } from "apache-arrow";
import { argumentBatch } from "./argument-batch.ts";
import { batchOf } from "./batch-of.ts";

/** A batch of one double whose column is tagged as a secret handle. */
export function secretBatch(): RecordBatch {
  const metadata = new Map([["ARROW:extension:name", SECRET_HANDLE_EXTENSION]]);
  const { children } = batchOf([[7]]).data;
  return argumentBatch([new Field("key", new Float64(), true, metadata)], 1, children);
}

/** What no encoder of ours would write. */
export const secretStream = (): Uint8Array => tableToIPC(new Table([secretBatch()]), "stream");
