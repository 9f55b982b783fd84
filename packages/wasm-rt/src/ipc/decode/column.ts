import type { DataType } from "apache-arrow";
import type { Layout } from "../layout.ts";
import type { SchemaField } from "./schema-field.ts";

/** A column of a batch at any depth, as far as its schema tells. */
export interface Column {
  /** Position among the columns of its batch, and so of its node: parents come before children. */
  readonly index: number;
  readonly field: SchemaField;
  readonly type: DataType;
  readonly layout: Layout;
  readonly nullable: boolean;
  readonly children: Column[];
}

/** The columns of a batch, or the one of a dictionary. */
export interface Columns {
  /** All of them, at every depth, in the order of their nodes. */
  readonly all: readonly Column[];
  /** Those at the top. */
  readonly top: readonly Column[];
}
