// Arrow columnar format, "Encapsulated message format": a continuation of 0xFFFFFFFF, the length of
// the metadata as i32, the metadata (a Message flatbuffer, padded so that the body starts at a
// multiple of 8), the body. A metadata length of 0 is the end of the stream.

export const CONTINUATION = 0xffffffff;

/** Continuation and length. */
export const PREFIX_BYTES = 8;

/** Messages and buffers start at multiples of this. */
export const ALIGNMENT_BYTES = 8;

/** What a file, which is the other format, starts with. */
export const FILE_MAGIC = "ARROW1";

/** `bytes` and what they need to end at a multiple of 8. */
export function padded(bytes: number): number {
  return Math.ceil(bytes / ALIGNMENT_BYTES) * ALIGNMENT_BYTES;
}
