import { RecordBatch } from "apache-arrow";
import { describedBatch } from "./encode/batch-header.ts";
import { Body } from "./encode/body.ts";
import { ColumnCollector } from "./encode/column-collector.ts";
import type { ColumnTemplate } from "./encode/column-template.ts";
import { DictionaryMessages } from "./encode/dictionary-messages.ts";
import type { SchemaTemplate } from "./encode/schema-template.ts";
import { SchemaTemplates } from "./encode/schema-templates.ts";
import { type StreamMessage, writeStream } from "./encode/stream-message.ts";
import { IpcError } from "./ipc-error.ts";
import { refuseSecrets } from "./membrane.ts";

const templates = new SchemaTemplates();

/**
 * One batch as an Arrow IPC stream: schema, the batch, end-of-stream. Of a slice, its own rows
 * cross and no others; a dictionary crosses whole.
 *
 * @throws IpcError `IPC_SECRET_LEAK` where a column at any depth is tagged as a secret;
 * `IPC_MALFORMED` where the input is not a `RecordBatch` of this process's apache-arrow, or one whose
 * data does not fit its schema; `IPC_UNSUPPORTED` where the format does not have a column's type.
 *
 * @example
 * ```ts
 * const bytes = encodeBatch(tableFromArrays({ x: Float64Array.of(1, 2) }).batches[0]);
 * ```
 */
export function encodeBatch(batch: RecordBatch): Uint8Array {
  return encodeBatches([batch]);
}

/**
 * Batches of one schema as an Arrow IPC stream: schema, the batches, end-of-stream.
 *
 * @throws IpcError as `encodeBatch`; `IPC_EMPTY_INPUT` for no batches, which have no schema;
 * `IPC_MALFORMED` where two batches differ in names, types, nullability, metadata or dictionary ids.
 */
export function encodeBatches(batches: readonly RecordBatch[]): Uint8Array {
  const [first] = batches;
  if (first === undefined && batches.length === 0) {
    throw new IpcError("IPC_EMPTY_INPUT", "expected at least one batch to encode, got none");
  }
  for (let i = 0; i < batches.length; i++) requireBatch(batches[i], i);
  const { schema } = first as RecordBatch;
  const template = templates.get(schema);
  const messages: StreamMessage[] = [];
  const dictionaries = new DictionaryMessages(messages);
  for (let index = 0; index < batches.length; index++) {
    // Every one of them was required to be a batch.
    const batch = batches[index] as RecordBatch;
    if (index > 0) requireSchema(template, batch, first as RecordBatch, index);
    dictionaries.startBatch();
    const body = collect(template, batch, dictionaries);
    const header =
      batch.metadata.size > 0
        ? describedBatch(body, batch.metadata)
        : template.header(body.buffers.length, body.variadicCounts.length);
    messages.push({ header, body });
  }
  return writeStream(template.message, messages);
}

function collect(
  template: SchemaTemplate,
  { data }: RecordBatch,
  dictionaries: DictionaryMessages,
): Body {
  const { length, children } = data;
  const body = new Body(length);
  const collector = new ColumnCollector(body, dictionaries);
  for (let i = 0; i < template.columns.length; i++) {
    const column = template.columns[i] as ColumnTemplate;
    const child = children[i];
    if (child === undefined) {
      throw new IpcError("IPC_MALFORMED", `column ${column.path} has no data`, {
        column: column.path,
      });
    }
    collector.add(column, { data: child, from: 0, length });
  }
  return body;
}

function requireSchema(
  template: SchemaTemplate,
  { schema }: RecordBatch,
  first: RecordBatch,
  index: number,
): void {
  if (template.describes(schema)) return;
  refuseSecrets(schema, "to the guest");
  throw new IpcError(
    "IPC_MALFORMED",
    `batch ${index} has another schema than batch 0: expected ${first.schema}, got ${schema} (names, types, nullability, metadata and dictionary ids must agree)`,
  );
}

/**
 * An object of another copy of apache-arrow passes for one of ours there: its own `instanceof` is
 * true for it.
 */
function requireBatch(batch: unknown, index: number): void {
  if (Function.prototype[Symbol.hasInstance].call(RecordBatch, batch)) return;
  throw new IpcError(
    "IPC_MALFORMED",
    `expected batch ${index} to be a RecordBatch of the same copy of apache-arrow that @uni/wasm-rt imports, got ${describe(batch)}; check for two installed versions, or for require() beside import`,
  );
}

function describe(value: unknown): string {
  if (typeof value !== "object" || value === null) return String(value);
  return `an instance of ${value.constructor?.name ?? "nothing"}`;
}
