import type { PrimitiveName, ValueType } from "@uni/plugin";
import { sqlText } from "../files/sql-text.ts";
import { typeText } from "../plugin/signature-text.ts";

/** What an error starts with that a conversion of this file raises in the middle of a query. */
export const REFUSED = "uni-wasm refuses: ";

const SQL_TYPES: Readonly<Record<PrimitiveName, string>> = {
  int32: "INTEGER",
  int64: "BIGINT",
  float32: "FLOAT",
  float64: "DOUBLE",
  boolean: "BOOLEAN",
  utf8: "VARCHAR",
  binary: "BLOB",
  largebinary: "BLOB",
  date64: "DATE",
  timestamp_ms: "TIMESTAMP_MS",
};

const INTEGERS = /^U?(TINY|SMALL|BIG|HUGE)INT$|^U?INTEGER$/;
const NUMBERS = /^U?(TINY|SMALL|BIG|HUGE)INT$|^U?INTEGER$|^(FLOAT|DOUBLE)$|^DECIMAL\(/;
const TIMES = /^(DATE|TIMESTAMP(_S|_MS|_NS)?|TIMESTAMP WITH TIME ZONE)$/;

/** Types of DuckDB whose values are values of a wire type, and none is rounded or guessed. */
const TAKEN: Readonly<Record<PrimitiveName, RegExp>> = {
  int32: INTEGERS,
  int64: INTEGERS,
  float32: NUMBERS,
  float64: NUMBERS,
  boolean: /^BOOLEAN$/,
  utf8: /^(VARCHAR|UUID|ENUM\(.*)$/,
  binary: /^BLOB$/,
  largebinary: /^BLOB$/,
  date64: /^DATE$/,
  timestamp_ms: TIMES,
};

function sqlType(type: ValueType): string {
  switch (type.kind) {
    case "primitive":
      return SQL_TYPES[type.arrow];
    case "cypher_value":
      return "BLOB";
    case "vector":
      return `${SQL_TYPES[type.element]}[${type.len}]`;
  }
}

/**
 * An expression that makes the wanted type of a typed column.
 *
 * @returns undefined where the column's type has other values.
 */
export function convertTyped(column: string, type: string, wanted: ValueType): string | undefined {
  const cast = `CAST(${column} AS ${sqlType(wanted)})`;
  if (wanted.kind === "vector") {
    const [, element = "", length] = /^(.*)\[(\d*)\]$/.exec(type) ?? [];
    const fits = length === "" || length === String(wanted.len);
    return fits && TAKEN[wanted.element].test(element) ? cast : undefined;
  }
  const name = wanted.kind === "cypher_value" ? "binary" : wanted.arrow;
  if (!TAKEN[name].test(type)) return undefined;
  if (type !== "TIMESTAMP WITH TIME ZONE") return cast;
  // The cast would need an extension that knows time zones; the instant is in UTC already.
  return `CAST(make_timestamp_ms(epoch_ms(${column})) AS TIMESTAMP_MS)`;
}

/** An expression that makes the wanted type of a text, and ends the query where it stands for no value. */
export function convertText(text: string, name: string, wanted: ValueType): string {
  if (wanted.kind === "primitive" && wanted.arrow === "utf8") return text;
  const start = sqlText(`${REFUSED}the column ${name} is ${typeText(wanted)}, and has `);
  const refusal = `error(${start} || to_json(left(${text}, 100)))`;
  // DuckDB has no conditions over arrays: a vector is a list until its length is known.
  const type = wanted.kind === "vector" ? `${SQL_TYPES[wanted.element]}[]` : sqlType(wanted);
  const value = `coalesce(${textValue(text, type, wanted)}, CAST(${refusal} AS ${type}))`;
  const orNull = `CASE WHEN ${text} IS NULL OR ${text} = '' THEN NULL ELSE ${value} END`;
  return wanted.kind === "vector" ? `CAST(${orNull} AS ${sqlType(wanted)})` : orNull;
}

/** Null where it is no value. */
function textValue(text: string, type: string, wanted: ValueType): string {
  const attempt = `TRY_CAST(trim(${text}) AS ${type})`;
  const where = (condition: string, value = attempt) => `CASE WHEN ${condition} THEN ${value} END`;
  if (wanted.kind === "vector") return where(`len(${attempt}) = ${wanted.len}`);
  switch (wanted.kind === "cypher_value" ? "binary" : wanted.arrow) {
    case "int32":
    case "int64":
      // A cast would round.
      return where(`regexp_full_match(trim(${text}), '[+-]?[0-9]+')`);
    case "date64":
      // A cast would leave out the time of day.
      return where(`regexp_full_match(trim(${text}), '[+-]?[0-9]{4,6}-[0-9]{2}-[0-9]{2}')`);
    case "binary":
    case "largebinary":
      return where(
        `regexp_full_match(${text}, '0[xX]([0-9a-fA-F]{2})*')`,
        `unhex(substr(${text}, 3))`,
      );
    default:
      return attempt;
  }
}
