import type { Data, Vector } from "apache-arrow";
import { IpcError } from "../ipc-error.ts";
import { Body } from "./body.ts";
import { ColumnCollector, type DictionarySink, incomplete } from "./column-collector.ts";
import type { ColumnTemplate } from "./column-template.ts";
import type { SchemaTemplate } from "./schema-template.ts";
import type { StreamMessage } from "./write-stream.ts";

/**
 * Writes the dictionaries that the batches of one stream refer to, before them: whole the first time
 * and where one was replaced, and what was added where one grew.
 */
export class DictionaryMessages implements DictionarySink {
  readonly #schema: SchemaTemplate;
  readonly #messages: StreamMessage[];
  readonly #written = new Map<number, readonly Data[]>();
  #ofThisBatch = new Map<number, readonly Data[]>();

  /** @param messages those of the stream, which this adds to. */
  constructor(schema: SchemaTemplate, messages: StreamMessage[]) {
    this.#schema = schema;
    this.#messages = messages;
  }

  startBatch(): void {
    if (this.#ofThisBatch.size > 0) this.#ofThisBatch = new Map();
  }

  add(template: ColumnTemplate, id: number, dictionary: Vector | undefined): void {
    if (dictionary === undefined) throw incomplete(template, "a dictionary");
    const chunks = dictionary.data;
    const other = this.#ofThisBatch.get(id);
    if (other !== undefined) {
      if (startsWith(chunks, other) && startsWith(other, chunks)) return;
      throw new IpcError(
        "IPC_MALFORMED",
        `column ${template.path} has another dictionary under the id ${id} than a column before it; give one of them an id of its own`,
        { column: template.path },
      );
    }
    this.#ofThisBatch.set(id, chunks);
    const before = this.#written.get(id) ?? [];
    const grew = before.length > 0 && startsWith(chunks, before);
    for (let i = grew ? before.length : 0; i < chunks.length; i++) {
      this.#write(template, id, chunks[i] as Data, i > 0);
    }
    this.#written.set(id, chunks);
  }

  #write(template: ColumnTemplate, id: number, data: Data, isDelta: boolean): void {
    const { length } = data;
    const body = new Body(length);
    // Dictionaries within its values come before it.
    new ColumnCollector(body, this).add(template, { data, from: 0, length });
    this.#messages.push({ header: this.#schema.header(body, { id, isDelta }), body });
  }
}

function startsWith(chunks: readonly Data[], start: readonly Data[]): boolean {
  return start.every((chunk, i) => chunk === chunks[i]);
}
