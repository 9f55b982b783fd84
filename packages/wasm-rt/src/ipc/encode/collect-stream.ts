import { RecordBatch } from "apache-arrow";
import { IpcError } from "../ipc-error.ts";
import { refuseSecrets } from "../membrane.ts";
import { BatchHeader } from "./batch-header.ts";
import { Body } from "./body.ts";
import { ColumnCollector } from "./column-collector.ts";
import type { ColumnTemplate } from "./column-template.ts";
import { DictionaryMessages } from "./dictionary-messages.ts";
import type { SchemaTemplate } from "./schema-template.ts";
import { SchemaTemplates } from "./schema-templates.ts";
import type { Stream, StreamMessage } from "./write-stream.ts";

const templates = new SchemaTemplates();

/**
 * What the stream of some batches consists of; nothing of theirs has been copied yet.
 *
 * @throws IpcError as `encodeBatches`.
 */
export function collectStream(batches: readonly RecordBatch[]): Stream {
  const [first] = batches;
  if (first === undefined && batches.length === 0) {
    throw new IpcError("IPC_EMPTY_INPUT", "expected at least one batch to encode, got none");
  }
  for (let i = 0; i < batches.length; i++) requireBatch(batches[i], i);
  const { schema } = first as RecordBatch;
  const template = templates.get(schema);
  const messages: StreamMessage[] = [];
  const dictionaries = template.dictionaries
    ? new DictionaryMessages(template, messages)
    : undefined;
  for (let index = 0; index < batches.length; index++) {
    // Every one of them was required to be a batch.
    const batch = batches[index] as RecordBatch;
    if (index > 0) requireSchema(template, batch, first as RecordBatch, index);
    dictionaries?.startBatch();
    const body = collectBody(template, batch, dictionaries);
    const header =
      batch.metadata.size > 0
        ? new BatchHeader(body, undefined, batch.metadata)
        : template.header(body);
    messages.push({ header, body });
  }
  return { schema: template.message, messages };
}

function collectBody(
  template: SchemaTemplate,
  { data }: RecordBatch,
  dictionaries: DictionaryMessages | undefined,
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
