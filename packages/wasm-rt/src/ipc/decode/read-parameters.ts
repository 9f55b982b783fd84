import { Decimal, Int, Time, Timestamp, TimeUnit } from "apache-arrow";
import type { FlatTable } from "../flatbuffer/flat-table.ts";
import { DECIMAL, INT, TIME, TIMESTAMP } from "../flatbuffer/slots.ts";
import type { SchemaField } from "./schema-field.ts";

/** `value` as a member of an enumeration. */
export function oneOf<E extends number>(
  field: SchemaField,
  what: string,
  value: number,
  members: Readonly<Record<number, string>>,
): E {
  // A numeric enumeration maps its values to their names.
  if (members[value] !== undefined) return value as E;
  throw field.malformed("type-parameters", `expected a known ${what}, got ${value}`);
}

export function readInt(field: SchemaField, table: FlatTable): Int {
  const bitWidth = table.int32(INT.bitWidth, 0);
  if (bitWidth === 8 || bitWidth === 16 || bitWidth === 32 || bitWidth === 64) {
    return new Int(table.boolean(INT.isSigned), bitWidth);
  }
  throw field.malformed("type-parameters", `an integer of ${bitWidth} bits`);
}

// Decimal digits that always fit into a width.
const MAX_PRECISION: Readonly<Record<number, number>> = { 32: 9, 64: 18, 128: 38, 256: 76 };
// The format has the scale as i32; implementations keep it as i8.
const MAX_SCALE = 127;

export function readDecimal(field: SchemaField, table: FlatTable): Decimal {
  const precision = table.int32(DECIMAL.precision, 0);
  const scale = table.int32(DECIMAL.scale, 0);
  const bitWidth = table.int32(DECIMAL.bitWidth, 128);
  const maxPrecision = MAX_PRECISION[bitWidth];
  if (maxPrecision === undefined) {
    throw field.malformed("type-parameters", `a decimal of ${bitWidth} bits`);
  }
  if (bitWidth === 32) {
    throw field.unsupported(
      "type-known",
      "has a type that apache-arrow cannot represent: a decimal of 32 bits, which it does not convert to a number",
    );
  }
  if (precision < 1 || precision > maxPrecision || Math.abs(scale) > MAX_SCALE) {
    throw field.malformed(
      "type-parameters",
      `expected a precision of 1 to ${maxPrecision} and a scale of -${MAX_SCALE} to ${MAX_SCALE}, got ${precision} and ${scale}`,
    );
  }
  return new Decimal(scale, precision, bitWidth);
}

export function readTime(field: SchemaField, table: FlatTable): Time {
  const unit = oneOf<TimeUnit>(
    field,
    "unit",
    table.int16(TIME.unit, TimeUnit.MILLISECOND),
    TimeUnit,
  );
  const bitWidth = table.int32(TIME.bitWidth, 32);
  const fits = unit === TimeUnit.SECOND || unit === TimeUnit.MILLISECOND ? 32 : 64;
  if (bitWidth !== fits) {
    throw field.malformed(
      "type-parameters",
      `expected a time in ${TimeUnit[unit]} to have ${fits} bits, got ${bitWidth}`,
    );
  }
  return new Time(unit, fits);
}

export function readTimestamp(field: SchemaField, table: FlatTable): Timestamp {
  const unit = oneOf<TimeUnit>(field, "unit", table.int16(TIMESTAMP.unit, 0), TimeUnit);
  return new Timestamp(unit, table.text(TIMESTAMP.timezone) ?? null);
}
