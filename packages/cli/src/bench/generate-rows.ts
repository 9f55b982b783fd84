import { type PrimitiveName, toArrowType, type ValueType, type WireType } from "@uni/plugin";
import { Data, type RecordBatch, vectorFromArray } from "apache-arrow";
import { batchOf, dataOf } from "../values/batch.ts";

const SEED = 1;
/** Columns of a variadic argument. */
const VARIADIC_COLUMNS = 2;
const MS_PER_DAY = 86_400_000;
const LETTERS = "abcdefghijklmnopqrstuvwxyz ";

type Random = () => number;

/** Values that most functions take: coordinates, small counts, words, days of the last decades. */
const VALUES: Readonly<Record<PrimitiveName, (random: Random) => unknown>> = {
  int32: (random) => below(random, 10),
  int64: (random) => BigInt(below(random, 10)),
  float32: (random) => random() * 90,
  float64: (random) => random() * 90,
  boolean: (random) => random() < 0.5,
  utf8: (random) => word(random),
  binary: (random) => Uint8Array.from({ length: below(random, 16) }, () => below(random, 256)),
  largebinary: (random) => Uint8Array.from({ length: below(random, 16) }, () => below(random, 256)),
  date64: (random) => below(random, 20_000) * MS_PER_DAY,
  timestamp_ms: (random) => below(random, 20_000 * MS_PER_DAY),
};

/** Arguments of the declared types, the same every time. */
export function generateRows(args: readonly WireType[], rows: number): RecordBatch {
  const random = mulberry32(SEED);
  const types = args.flatMap((type): ValueType[] =>
    type.kind === "variadic" ? new Array<ValueType>(VARIADIC_COLUMNS).fill(type.inner) : [type],
  );
  const columns = types.map((type) => columnOf(type, rows, random));
  return batchOf(
    types.map((_, i) => `arg${i}`),
    columns,
    rows,
  );
}

function columnOf(type: ValueType, rows: number, random: Random): Data {
  const arrow = toArrowType(type);
  if (type.kind === "vector") {
    const items = columnOf({ kind: "primitive", arrow: type.element }, rows * type.len, random);
    return new Data(arrow, 0, rows, 0, undefined, [items]);
  }
  const make = VALUES[type.kind === "cypher_value" ? "largebinary" : type.arrow];
  return dataOf(
    vectorFromArray(
      Array.from({ length: rows }, () => make(random)),
      arrow,
    ),
  );
}

function below(random: Random, end: number): number {
  return Math.floor(random() * end);
}

function word(random: Random): string {
  return Array.from(
    { length: 1 + below(random, 12) },
    () => LETTERS[below(random, LETTERS.length)],
  ).join("");
}

/** Numbers from 0 to below 1 that look random (mulberry32). */
function mulberry32(seed: number): Random {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
