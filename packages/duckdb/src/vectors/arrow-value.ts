import {
  DuckDBArrayValue,
  DuckDBBlobValue,
  DuckDBDateValue,
  DuckDBListValue,
  DuckDBTimestampMillisecondsValue,
  type DuckDBValue,
} from "@duckdb/node-api";
import { MS_PER_DAY } from "./layout.ts";

/** One value of the client, as apache-arrow's builders take it. */
export function arrowValue(value: DuckDBValue): unknown {
  if (value instanceof DuckDBBlobValue) return value.bytes;
  if (value instanceof DuckDBDateValue) return value.days * MS_PER_DAY;
  if (value instanceof DuckDBTimestampMillisecondsValue) return value.millis;
  if (value instanceof DuckDBArrayValue || value instanceof DuckDBListValue) {
    return value.items.map(arrowValue);
  }
  return value;
}
