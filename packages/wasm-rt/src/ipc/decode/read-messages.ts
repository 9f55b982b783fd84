import { MessageHeader, MetadataVersion } from "apache-arrow";
import { FlatBuffer } from "../flatbuffer/flat-buffer.ts";
import type { FlatTable } from "../flatbuffer/flat-table.ts";
import { MESSAGE } from "../flatbuffer/slots.ts";
import { ALIGNMENT_BYTES, CONTINUATION, FILE_MAGIC, PREFIX_BYTES } from "../framing.ts";
import { IpcError } from "../ipc-error.ts";
import type { ObjectCount } from "../limits.ts";
import { MessagePosition } from "../message-position.ts";
import type { ResolvedDecodeOptions } from "./decode-options.ts";
import { type KeyValues, readKeyValues } from "./read-key-values.ts";

/** One message of a stream: its header, and where its body is. */
export interface StreamMessage {
  readonly position: MessagePosition;
  readonly metadata: FlatBuffer;
  readonly version: MetadataVersion;
  readonly kind: number;
  readonly header: FlatTable;
  readonly customMetadata: KeyValues;
  readonly bodyStart: number;
  readonly bodyBytes: number;
}

/**
 * The messages of a stream, which must be the whole of `bytes`: nothing missing at the end and
 * nothing after it, unless the options say so.
 *
 * @param objects counts what is read of them.
 */
export function* readMessages(
  bytes: Uint8Array,
  options: ResolvedDecodeOptions,
  objects: ObjectCount,
): Generator<StreamMessage> {
  refuseFile(bytes);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let at = 0;
  for (let index = 0; ; index++) {
    const position = new MessagePosition(index);
    const left = bytes.byteLength - at;
    if (left === 0) {
      if (options.endOfStream === "optional" && index > 0) return;
      throw position.malformed(
        "end-of-stream",
        "expected a message or the end-of-stream marker (FF FF FF FF 00 00 00 00), got the end of the bytes",
      );
    }
    need(position, "a message or the end-of-stream marker", PREFIX_BYTES, at, left);
    const continuation = view.getUint32(at, true);
    if (continuation !== CONTINUATION) {
      throw position.malformed(
        "continuation",
        `expected the continuation 0xFFFFFFFF at offset ${at}, got 0x${continuation.toString(16)}`,
      );
    }
    const metadataBytes = view.getInt32(at + 4, true);
    if (metadataBytes === 0) {
      if (left > PREFIX_BYTES && options.trailingBytes === "refuse") {
        throw position.malformed(
          "trailing-bytes",
          `${left - PREFIX_BYTES} bytes follow the end-of-stream marker at offset ${at}`,
        );
      }
      return;
    }
    if (metadataBytes < 0 || metadataBytes % ALIGNMENT_BYTES !== 0) {
      throw position.malformed(
        "metadata-length",
        `expected a metadata length that is a positive multiple of 8, got ${metadataBytes}`,
      );
    }
    need(position, "metadata", PREFIX_BYTES + metadataBytes, at, left);
    const bodyStart = at + PREFIX_BYTES + metadataBytes;
    const message = readMessage(bytes, view, at + PREFIX_BYTES, bodyStart, position, objects);
    need(position, "a body", message.bodyBytes, bodyStart, bytes.byteLength - bodyStart);
    at = bodyStart + message.bodyBytes;
    yield message;
  }
}

function readMessage(
  bytes: Uint8Array,
  view: DataView,
  start: number,
  end: number,
  position: MessagePosition,
  objects: ObjectCount,
): StreamMessage {
  const metadata = new FlatBuffer(bytes, view, start, end, position, objects);
  const table = metadata.root();
  const version = table.int16(MESSAGE.version, MetadataVersion.V1);
  if (version !== MetadataVersion.V4 && version !== MetadataVersion.V5) {
    throw position.unsupported(
      "metadata-version",
      `expected metadata version V4 or V5, got ${MetadataVersion[version] ?? version}`,
    );
  }
  const kind = table.uint8(MESSAGE.headerKind);
  const header = table.table(MESSAGE.header);
  if (header === undefined) {
    throw position.malformed("flatbuffer-required", "expected a header in the message, got none");
  }
  const bodyBytes = table.count(MESSAGE.bodyLength);
  if (bodyBytes % ALIGNMENT_BYTES !== 0) {
    throw position.malformed(
      "body-length",
      `expected a body length that is a multiple of 8, got ${bodyBytes}`,
    );
  }
  const customMetadata = readKeyValues(table, MESSAGE.customMetadata);
  return {
    position,
    metadata,
    version,
    kind,
    header,
    customMetadata,
    bodyStart: end,
    bodyBytes,
  };
}

/** The name of a kind of header, for messages. */
export function kindName(kind: number): string {
  return MessageHeader[kind] ?? `kind ${kind}`;
}

function need(
  position: MessagePosition,
  what: string,
  count: number,
  at: number,
  left: number,
): void {
  if (count <= left) return;
  throw position.malformed(
    "truncated",
    `expected ${what} of ${count} bytes at offset ${at}, and ${left} are left`,
  );
}

function refuseFile(bytes: Uint8Array): void {
  for (let i = 0; i < FILE_MAGIC.length; i++) {
    if (bytes[i] !== FILE_MAGIC.charCodeAt(i)) return;
  }
  throw new IpcError(
    "IPC_UNSUPPORTED",
    'expected an Arrow IPC stream, got an Arrow IPC file (it starts with "ARROW1"); write the stream format',
    { rule: "stream-format", messageIndex: 0 },
  );
}
