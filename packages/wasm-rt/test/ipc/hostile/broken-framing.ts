import { RecordBatchFileWriter, tableFromArrays } from "apache-arrow";
import { add } from "./break-metadata.ts";
import type { Broken } from "./broken-streams.ts";
import { END, NONE, type StreamSpec } from "./stream-spec.ts";

/** Rules of framing: which messages come, in which order, how long. */
export const BROKEN_FRAMING = {
  "stream-format": [
    {
      what: "a file",
      of: "doubles",
      bytes: () => {
        const { batches } = tableFromArrays({ x: [1] });
        return RecordBatchFileWriter.writeAll(batches).toUint8Array(true);
      },
      code: "IPC_UNSUPPORTED",
    },
  ],
  continuation: [
    {
      what: "another continuation",
      of: "doubles",
      spec: ({ messages }) => Object.assign(messages[1] ?? {}, { continuation: 0xfffffffe }),
    },
    {
      what: "the framing of before 0.15, which had none",
      of: "doubles",
      bytes: (bytes) => bytes.subarray(4),
    },
  ],
  "metadata-length": [
    {
      what: "a negative length",
      of: "doubles",
      spec: ({ messages }) => Object.assign(messages[1] ?? {}, { metadataBytes: -8 }),
    },
    {
      what: "a length that is no multiple of 8",
      of: "doubles",
      bytes: add(() => 4, -4),
    },
  ],
  "body-length": [
    {
      what: "a body that is no multiple of 8",
      of: "doubles",
      spec: ({ messages }) => Object.assign(messages[1] ?? {}, { bodyLength: 60 }),
    },
  ],
  truncated: [
    { what: "half a prefix", of: "doubles", bytes: (bytes) => bytes.subarray(0, 4) },
    {
      what: "metadata that is cut off",
      of: "doubles",
      spec: ({ messages }) => Object.assign(messages[1] ?? {}, { metadataBytes: 8000 }),
    },
    {
      what: "a body that is cut off",
      of: "doubles",
      spec: ({ messages }) => Object.assign(messages[1] ?? {}, { bodyLength: 8000 }),
    },
  ],
  "end-of-stream": [
    {
      what: "no marker",
      of: "doubles",
      spec: (spec) => {
        spec.end = NONE;
      },
    },
  ],
  "trailing-bytes": [
    {
      what: "a byte behind the marker",
      of: "doubles",
      spec: (spec) => {
        spec.end = Uint8Array.of(...END, 0);
      },
    },
    {
      what: "a second stream",
      of: "doubles",
      bytes: (bytes) => Uint8Array.of(...bytes, ...bytes),
    },
  ],
  "schema-first": [
    {
      what: "a batch in front",
      of: "doubles",
      spec: ({ messages }) => messages.reverse(),
    },
    {
      what: "nothing but the marker",
      of: "doubles",
      spec: ({ messages }) => messages.splice(0),
    },
  ],
  "one-schema": [
    {
      what: "the schema twice",
      of: "doubles",
      spec: ({ messages }) => messages.push(...messages.slice(0, 1)),
    },
  ],
  "one-batch": [
    {
      what: "the batch twice",
      of: "doubles",
      spec: ({ messages }) => messages.push(...messages.slice(1)),
    },
  ],
  "message-kind": [
    {
      what: "a tensor",
      of: "doubles",
      spec: ({ messages }) => Object.assign(messages[1] ?? {}, { headerKind: 4 }),
    },
    {
      what: "a kind that there is not",
      of: "doubles",
      spec: ({ messages }) => Object.assign(messages[1] ?? {}, { headerKind: 77 }),
    },
  ],
  "schema-body": [
    {
      what: "a schema with a body",
      of: "doubles",
      spec: ({ messages }) => Object.assign(messages[0] ?? {}, { body: new Uint8Array(8) }),
    },
  ],
  "one-version": [
    {
      what: "a batch of V4 under a schema of V5",
      of: "doubles",
      spec: ({ messages }) => Object.assign(messages[1] ?? {}, { version: 3 }),
    },
  ],
  "metadata-version": [2, 5, -1].map((version) => ({
    what: `version ${version}`,
    of: "doubles" as const,
    spec: ({ messages }: StreamSpec) => Object.assign(messages[0] ?? {}, { version }),
    code: "IPC_UNSUPPORTED" as const,
  })),
} as const satisfies Record<string, readonly Broken[]>;
