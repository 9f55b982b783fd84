import { CONTINUATION, PREFIX_BYTES, padded } from "../framing.ts";
import type { BatchHeader } from "./batch-header.ts";
import type { Body } from "./body.ts";

/** A message with a body, ready to be written. */
export interface StreamMessage {
  readonly header: BatchHeader;
  readonly body: Body;
}

/** What a stream consists of: the schema's message, as bytes, and the others. */
export interface Stream {
  readonly schema: Uint8Array;
  readonly messages: readonly StreamMessage[];
}

// From here on, memory that is not filled with zeros first is worth another array.
const LARGE_BYTES = 2048;

/** A whole stream: the schema, the messages and the end, in memory of its own. */
export function writeStream(stream: Stream): Uint8Array {
  const written = allocate(streamBytes(stream));
  writeInto(written, stream);
  return written;
}

/** How many bytes a stream has. */
export function streamBytes({ schema, messages }: Stream): number {
  let bytes = schema.byteLength + PREFIX_BYTES;
  for (const { header, body } of messages) bytes += header.bytes.byteLength + body.bytes;
  return bytes;
}

/** Writes a stream over every byte of `target`, which has as many, whatever is in it. */
export function writeInto(target: Uint8Array, { schema, messages }: Stream): void {
  const view = new DataView(target.buffer, target.byteOffset, target.byteLength);
  target.set(schema);
  let at = schema.byteLength;
  for (const { header, body } of messages) {
    target.set(header.bytes, at);
    header.fill(view, at, body);
    at = writeBody(target, at + header.bytes.byteLength, body);
  }
  view.setUint32(at, CONTINUATION, true);
  view.setUint32(at + 4, 0, true);
  if (at + PREFIX_BYTES !== target.byteLength) {
    throw new Error(`a stream of ${target.byteLength} bytes was written as ${at + PREFIX_BYTES}`);
  }
}

function writeBody(target: Uint8Array, start: number, { buffers }: Body): number {
  let at = start;
  for (const buffer of buffers) {
    const bytes = buffer.byteLength;
    if (bytes === 0) continue;
    if (buffer instanceof Uint8Array) target.set(buffer, at);
    else buffer.writeTo(target.subarray(at, at + bytes));
    const end = at + padded(bytes);
    for (let i = at + bytes; i < end; i++) target[i] = 0;
    at = end;
  }
  return at;
}

/** Memory of its own, and not part of a pool: guests may be given all of its buffer. */
function allocate(bytes: number): Uint8Array {
  if (bytes < LARGE_BYTES) return new Uint8Array(bytes);
  const { buffer } = Buffer.allocUnsafeSlow(bytes);
  return new Uint8Array(buffer, 0, bytes);
}
