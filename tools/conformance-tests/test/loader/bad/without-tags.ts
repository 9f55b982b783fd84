import { SECRET_HANDLE_EXTENSION } from "@uni/wasm-rt";
import { Field, RecordBatch, Schema } from "apache-arrow";

/** The same rows in columns that nothing is said of. */
export function withoutTags({ schema, data }: RecordBatch): RecordBatch {
  const fields = schema.fields.map(({ name, type, nullable }) => new Field(name, type, nullable));
  return new RecordBatch(new Schema(fields), data);
}

const TAG = Buffer.from(SECRET_HANDLE_EXTENSION);

/** The same stream, in which no column is tagged as a secret; the tag is another one as long. */
export function streamWithoutTags(stream: Uint8Array): Uint8Array {
  const bytes = Buffer.from(stream);
  for (let at = bytes.indexOf(TAG); at >= 0; at = bytes.indexOf(TAG, at))
    bytes.fill("x", at, at + TAG.length);
  return bytes;
}
