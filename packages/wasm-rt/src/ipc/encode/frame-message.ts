import { CONTINUATION, PREFIX_BYTES, padded } from "../framing.ts";

/** Metadata as a stream has it: behind a continuation and its length, with zeros up to a multiple of 8. */
export function frameMessage(metadata: Uint8Array): Uint8Array {
  const metadataBytes = padded(metadata.byteLength);
  const framed = new Uint8Array(PREFIX_BYTES + metadataBytes);
  const view = new DataView(framed.buffer);
  view.setUint32(0, CONTINUATION, true);
  view.setInt32(4, metadataBytes, true);
  framed.set(metadata, PREFIX_BYTES);
  return framed;
}
