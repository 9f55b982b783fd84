import { SECRET_HANDLE_EXTENSION } from "@uni/wasm-rt";
import {
  Field,
  Float64,
  makeData,
  RecordBatch,
  Schema,
  Struct,
  Table,
  tableToIPC,
} from "apache-arrow";
import { batchOf } from "./batch-of.ts";

/** A batch of one double whose column is tagged as a secret handle. */
export function secretBatch(): RecordBatch {
  const metadata = new Map([["ARROW:extension:name", SECRET_HANDLE_EXTENSION]]);
  const schema = new Schema([new Field("key", new Float64(), true, metadata)]);
  const { children } = batchOf([[7]]).data;
  const type = new Struct(schema.fields);
  return new RecordBatch(schema, makeData({ type, length: 1, nullCount: 0, children }));
}

/** What no encoder of ours would write. */
export const secretStream = (): Uint8Array => tableToIPC(new Table([secretBatch()]), "stream");
