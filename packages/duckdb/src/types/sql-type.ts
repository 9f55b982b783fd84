import {
  ARRAY,
  BIGINT,
  BLOB,
  BOOLEAN,
  DATE,
  DOUBLE,
  DuckDBArrayType,
  type DuckDBType,
  FLOAT,
  INTEGER,
  TIMESTAMP_MS,
  VARCHAR,
} from "@duckdb/node-api";
import type { PrimitiveName, ValueType } from "@uni/plugin";

const PRIMITIVES: Readonly<Record<PrimitiveName, DuckDBType>> = {
  int32: INTEGER,
  int64: BIGINT,
  float32: FLOAT,
  float64: DOUBLE,
  boolean: BOOLEAN,
  utf8: VARCHAR,
  binary: BLOB,
  largebinary: BLOB,
  date64: DATE,
  timestamp_ms: TIMESTAMP_MS,
};

/** Every wire type without parameters. */
export const PRIMITIVE_NAMES = Object.keys(PRIMITIVES) as readonly PrimitiveName[];

/** The SQL type in which a value of this wire type appears. */
export function sqlType(type: ValueType): DuckDBType {
  switch (type.kind) {
    case "primitive":
      return PRIMITIVES[type.arrow];
    case "cypher_value":
      return BLOB;
    case "vector":
      return ARRAY(PRIMITIVES[type.element], type.len);
  }
}

const NAMES = new Map<string, PrimitiveName>(
  // BLOB is there twice, and is the smaller of its two wire types, which comes first.
  PRIMITIVE_NAMES.toReversed().map((name) => [String(PRIMITIVES[name]), name]),
);

/** The wire type of a SQL type, where it has one. */
export function wireType(type: DuckDBType): ValueType | undefined {
  if (type instanceof DuckDBArrayType) {
    const element = NAMES.get(String(type.valueType));
    return element && { kind: "vector", len: type.length, element };
  }
  const arrow = NAMES.get(String(type));
  return arrow && { kind: "primitive", arrow };
}
