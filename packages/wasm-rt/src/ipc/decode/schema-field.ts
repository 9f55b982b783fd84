import type { DataType, Field } from "apache-arrow";
import type { FlatTable } from "../flatbuffer/flat-table.ts";
import { FIELD } from "../flatbuffer/slots.ts";
import type { IpcError } from "../ipc-error.ts";
import type { MessagePosition } from "../message-position.ts";
import type { IpcRule } from "../rules.ts";
import type { Column } from "./column.ts";
import { type KeyValues, readKeyValues } from "./read-key-values.ts";

// A name of a hundred megabytes belongs into no message.
const MAX_NAME_IN_PATH = 256;

/** A field as the bytes of a schema have it, and what becomes of it. */
export class SchemaField {
  readonly table: FlatTable;
  readonly parent: SchemaField | undefined;
  /** 1 for a column. */
  readonly depth: number;
  readonly name: string;
  readonly nullable: boolean;
  readonly metadata: KeyValues;
  children: readonly SchemaField[] = [];
  /** What apache-arrow makes of it, once its children have been made. */
  made: Field | undefined;
  /** The type of its values, where this field is the one that defines a dictionary. */
  defines: { readonly id: number; readonly values: DataType } | undefined;
  /** The column that the columns of its children belong to, and all columns of its batch. */
  below: { readonly column: Column; readonly all: Column[] } | undefined;
  readonly #position: MessagePosition;

  constructor(table: FlatTable, parent: SchemaField | undefined, position: MessagePosition) {
    this.table = table;
    this.parent = parent;
    this.depth = parent === undefined ? 1 : parent.depth + 1;
    this.name = table.text(FIELD.name) ?? "";
    this.nullable = table.boolean(FIELD.nullable);
    this.metadata = readKeyValues(table, FIELD.customMetadata);
    this.#position = position;
  }

  /** Names from the top of the schema down to this field, joined by dots. */
  get path(): string {
    const { name, parent } = this;
    const own = name.length > MAX_NAME_IN_PATH ? `${name.slice(0, MAX_NAME_IN_PATH)}…` : name;
    return parent === undefined ? own : `${parent.path}.${own}`;
  }

  malformed(rule: IpcRule, what: string): IpcError {
    return this.#position.malformed(rule, what, this.path);
  }

  unsupported(rule: IpcRule, what: string): IpcError {
    return this.#position.unsupported(rule, what, this.path);
  }
}
