import type { IpcErrorCode, IpcRule } from "../../../src/index.ts";
import { BROKEN_BATCHES } from "./broken-batches.ts";
import { BROKEN_FLATBUFFERS } from "./broken-flatbuffers.ts";
import { BROKEN_FRAMING } from "./broken-framing.ts";
import { BROKEN_SCHEMAS } from "./broken-schemas.ts";
import { BROKEN_VALUES } from "./broken-values.ts";
import type { StreamSpec } from "./stream-spec.ts";
import type { VALID } from "./valid-streams.ts";

/** One way to break one rule in a stream that keeps all of them. */
export interface Broken {
  readonly what: string;
  readonly of: keyof typeof VALID;
  /** Writes something wrong into the stream, as data. */
  readonly spec?: (spec: StreamSpec) => void;
  /** Writes something wrong into its bytes, or gives others. */
  readonly bytes?: (bytes: Uint8Array) => Uint8Array | undefined;
  /** `IPC_MALFORMED` unless said. */
  readonly code?: IpcErrorCode;
  readonly column?: string;
}

/** Every rule, and what breaks it. */
export const BROKEN: Readonly<Record<IpcRule, readonly Broken[]>> = {
  ...BROKEN_FRAMING,
  ...BROKEN_FLATBUFFERS,
  ...BROKEN_SCHEMAS,
  ...BROKEN_BATCHES,
  ...BROKEN_VALUES,
};
