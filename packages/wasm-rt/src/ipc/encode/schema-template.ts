import { type DataType, type Field, Message, type Schema } from "apache-arrow";
import { refuseSecrets } from "../membrane.ts";
import { sameParameters } from "../schema-equality.ts";
import { BatchHeader, type DictionaryPart } from "./batch-header.ts";
import type { Body } from "./body.ts";
import { type ColumnTemplate, columnTemplates, hasDictionary } from "./column-template.ts";
import { frameMessage } from "./frame-message.ts";

/** What a field said when its schema was looked at; its children are the snapshots behind it. */
interface FieldSnapshot {
  readonly name: string;
  readonly type: DataType;
  readonly nullable: boolean;
  readonly children: number;
  readonly metadata: readonly (readonly [key: string, value: string])[];
}

/**
 * What is the same in every stream of one schema, made once: the schema's message, the headers of
 * batches, and how its columns are laid out.
 *
 * Schemas and their metadata can be written to, so a template remembers what a schema said and is
 * used only for schemas that say the same now, secrets included.
 */
export class SchemaTemplate {
  /** The message of the schema, as it is in the stream. */
  readonly message: Uint8Array;
  readonly columns: readonly ColumnTemplate[];
  /** Whether a column at any depth has a dictionary. */
  readonly dictionaries: boolean;
  readonly #fields: readonly FieldSnapshot[];
  readonly #metadata: readonly (readonly [key: string, value: string])[];
  readonly #headers = new Map<string, BatchHeader>();

  /** @throws IpcError `IPC_SECRET_LEAK`; `IPC_UNSUPPORTED` for a type that cannot be written. */
  constructor(schema: Schema) {
    refuseSecrets(schema, "to the guest");
    this.columns = columnTemplates(schema);
    this.message = frameMessage(Message.encode(Message.from(schema)));
    this.dictionaries = this.columns.some(hasDictionary);
    this.#metadata = [...schema.metadata];
    const fields: FieldSnapshot[] = [];
    takeSnapshots(schema.fields, fields);
    this.#fields = fields;
  }

  /** Whether a schema says what this one's said, down to its last field. */
  describes(schema: Schema): boolean {
    return (
      sameMetadata(schema.metadata, this.#metadata) &&
      this.#matches(schema.fields, 0) === this.#fields.length
    );
  }

  /** The header of a batch of this schema, or of one of its dictionaries. */
  header(body: Body, dictionary?: DictionaryPart): BatchHeader {
    const key = dictionary === undefined ? "" : `${dictionary.id} ${dictionary.isDelta}`;
    let header = this.#headers.get(key);
    // Where there are views, the number of buffers can differ.
    if (header?.buffers !== body.buffers.length) {
      header = new BatchHeader(body, dictionary);
      this.#headers.set(key, header);
    }
    return header;
  }

  /** The position behind the snapshots that fields and all below them match; -1 where they differ. */
  #matches(fields: readonly Field[], from: number): number {
    let at = from;
    for (const { name, type, nullable, metadata } of fields) {
      const known = this.#fields[at];
      const same =
        known !== undefined &&
        known.name === name &&
        known.nullable === nullable &&
        known.children === (type.children?.length ?? 0) &&
        sameParameters(known.type, type) &&
        sameMetadata(metadata, known.metadata);
      if (!same) return -1;
      at += 1;
      if (!type.children?.length) continue;
      at = this.#matches(type.children, at);
      if (at === -1) return -1;
    }
    return at;
  }
}

function takeSnapshots(fields: readonly Field[], into: FieldSnapshot[]): void {
  for (const { name, type, nullable, metadata } of fields) {
    const children = type.children ?? [];
    into.push({ name, type, nullable, children: children.length, metadata: [...metadata] });
    takeSnapshots(children, into);
  }
}

function sameMetadata(
  now: ReadonlyMap<string, string>,
  then: readonly (readonly [key: string, value: string])[],
): boolean {
  if (now.size !== then.length) return false;
  return then.length === 0 || then.every(([key, value]) => now.get(key) === value);
}
