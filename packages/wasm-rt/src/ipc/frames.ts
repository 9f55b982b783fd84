import { Message, MessageHeader } from "apache-arrow";
import { IpcError } from "./ipc-error.ts";

/** One message of a stream: its header, and the bytes of its body. */
export interface Frame {
  /** Position in the stream, from 0; the schema is 0. */
  readonly index: number;
  readonly message: Message;
  readonly bodyBytes: number;
}

// Arrow columnar format, "Encapsulated message format": a continuation of 0xFFFFFFFF, the length of
// the metadata as i32, the metadata (a Message flatbuffer, padded so that the body starts at a
// multiple of 8), the body. A metadata length of 0 is the end of the stream.
const CONTINUATION = 0xffffffff;
const FILE_MAGIC = "ARROW1";

/**
 * Splits a stream into its messages without looking into them further than their headers.
 * The whole input must be one stream: nothing missing at the end, and nothing after it.
 *
 * @throws IpcError `IPC_MALFORMED`; `IPC_UNSUPPORTED` for the file format.
 */
export function readFrames(bytes: Uint8Array): Frame[] {
  if (startsWithMagic(bytes)) {
    throw new IpcError(
      "IPC_UNSUPPORTED",
      'expected an Arrow IPC stream, got an Arrow IPC file (it starts with "ARROW1"); write the stream format',
    );
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const frames: Frame[] = [];
  let at = 0;
  const need = (count: number, what: string) => {
    if (count <= bytes.byteLength - at) return;
    throw malformed(
      frames.length,
      `${what} needs ${count} bytes at offset ${at}, and ${bytes.byteLength - at} are left`,
    );
  };
  for (;;) {
    need(8, "the next message or the end-of-stream marker");
    if (view.getUint32(at, true) !== CONTINUATION) {
      throw malformed(
        frames.length,
        `expected the continuation 0xFFFFFFFF at offset ${at}, got 0x${view.getUint32(at, true).toString(16)}`,
      );
    }
    const metadataBytes = view.getInt32(at + 4, true);
    at += 8;
    if (metadataBytes === 0) break;
    if (metadataBytes < 0 || metadataBytes % 8 !== 0) {
      throw malformed(
        frames.length,
        `expected a metadata length that is a positive multiple of 8, got ${metadataBytes}`,
      );
    }
    need(metadataBytes, "the metadata");
    const message = readMessage(frames.length, bytes.subarray(at, at + metadataBytes));
    at += metadataBytes;
    const { bodyLength: bodyBytes } = message;
    if (!Number.isSafeInteger(bodyBytes) || bodyBytes < 0 || bodyBytes % 8 !== 0) {
      throw malformed(
        frames.length,
        `expected a body length that is a multiple of 8, got ${bodyBytes}`,
      );
    }
    need(bodyBytes, "the body");
    at += bodyBytes;
    frames.push({ index: frames.length, message, bodyBytes });
  }
  if (at !== bytes.byteLength) {
    throw malformed(
      frames.length,
      `${bytes.byteLength - at} bytes follow the end-of-stream marker at offset ${at}`,
    );
  }
  return frames;
}

function readMessage(index: number, metadata: Uint8Array): Message {
  try {
    return Message.decode(metadata);
  } catch (cause) {
    throw malformed(index, "its metadata is not a Message flatbuffer", cause);
  }
}

/** The header of a message, which apache-arrow reads on demand. */
export function readHeader<T>(frame: Frame): T {
  try {
    // The caller asks for the type that belongs to `message.headerType`.
    return frame.message.header() as T;
  } catch (cause) {
    const kind = MessageHeader[frame.message.headerType] ?? frame.message.headerType;
    throw malformed(frame.index, `its ${kind} header cannot be read`, cause);
  }
}

export function malformed(index: number, what: string, cause?: unknown): IpcError {
  const options = cause === undefined ? {} : { cause };
  return new IpcError(
    "IPC_MALFORMED",
    `message ${index} of the Arrow IPC stream: ${what}`,
    options,
  );
}

function startsWithMagic(bytes: Uint8Array): boolean {
  return (
    FILE_MAGIC.length <= bytes.length &&
    [...FILE_MAGIC].every((c, i) => bytes[i] === c.charCodeAt(0))
  );
}
