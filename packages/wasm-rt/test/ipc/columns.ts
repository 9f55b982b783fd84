import {
  Binary,
  BinaryView,
  Bool,
  type Data,
  type DataType,
  DateDay,
  DateMillisecond,
  Decimal,
  DenseUnion,
  Dictionary,
  DurationMicrosecond,
  DurationMillisecond,
  DurationNanosecond,
  DurationSecond,
  Field,
  FixedSizeBinary,
  FixedSizeList,
  Float16,
  Float32,
  Float64,
  Int8,
  Int16,
  Int32,
  Int64,
  IntervalDayTime,
  IntervalMonthDayNano,
  IntervalYearMonth,
  LargeBinary,
  LargeList,
  LargeUtf8,
  List,
  Map_,
  MapRow,
  makeData,
  Null,
  SparseUnion,
  Struct,
  TimeMicrosecond,
  TimeMillisecond,
  TimeNanosecond,
  TimeSecond,
  TimestampMicrosecond,
  TimestampMillisecond,
  TimestampNanosecond,
  TimestampSecond,
  Uint8,
  Uint16,
  Uint32,
  Uint64,
  Utf8,
  Utf8View,
  Vector,
  vectorFromArray,
} from "apache-arrow";
import fc from "fast-check";

/** A type, how to make values of it, and how to put them into a column. */
export interface ColumnKind {
  readonly type: DataType;
  /** Values as apache-arrow's `Vector.get` gives them, after `plain`. */
  readonly value: fc.Arbitrary<unknown>;
  readonly build: (values: readonly unknown[]) => Data;
}

const leaf = (type: DataType, value: fc.Arbitrary<unknown>): ColumnKind => ({
  type,
  value,
  build: (values) => fromValues(values, type),
});

function fromValues(values: readonly unknown[], type: DataType): Data {
  const [data] = vectorFromArray([...values], type).data;
  if (data === undefined) throw new Error("a vector of one chunk has one chunk");
  return data;
}

const bytes = (size: fc.ArrayConstraints) => fc.uint8Array(size);
const words = (count: number) =>
  fc.uint32Array({ minLength: count, maxLength: count }).map((w) => Uint32Array.from(w));
const ints = (count: number) =>
  fc.int32Array({ minLength: count, maxLength: count }).map((w) => Int32Array.from(w));
const int = (bits: number) => fc.integer({ min: -(2 ** (bits - 1)), max: 2 ** (bits - 1) - 1 });
const uint = (bits: number) => fc.integer({ min: 0, max: 2 ** bits - 1 });
const int64 = fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n });
const uint64 = fc.bigInt({ min: 0n, max: 2n ** 64n - 1n });
const safe = fc.integer({ min: -8_640_000_000_000, max: 8_640_000_000_000 });
const text = fc.oneof(
  fc.string({ unit: "grapheme", maxLength: 6 }),
  fc.string({ unit: "binary", minLength: 13, maxLength: 30 }),
);
const blob = bytes({ maxLength: 30 });
const item = (type: DataType) => new Field("item", type, true);

/** Every type without children. */
const LEAVES: Readonly<Record<string, ColumnKind>> = {
  null: {
    type: new Null(),
    value: fc.constant(null),
    build: (values) => makeData({ type: new Null(), length: values.length }),
  },
  bool: leaf(new Bool(), fc.boolean()),
  int8: leaf(new Int8(), int(8)),
  int16: leaf(new Int16(), int(16)),
  int32: leaf(new Int32(), int(32)),
  int64: leaf(new Int64(), int64),
  uint8: leaf(new Uint8(), uint(8)),
  uint16: leaf(new Uint16(), uint(16)),
  uint32: leaf(new Uint32(), uint(32)),
  uint64: leaf(new Uint64(), uint64),
  float16: leaf(new Float16(), fc.constantFrom(0, 0.5, -1.25, 2048, 65504)),
  float32: leaf(new Float32(), fc.float({ noNaN: true })),
  float64: leaf(new Float64(), fc.double({ noNaN: true })),
  utf8: leaf(new Utf8(), text),
  largeUtf8: leaf(new LargeUtf8(), text),
  utf8View: leaf(new Utf8View(), text),
  binary: leaf(new Binary(), blob),
  largeBinary: leaf(new LargeBinary(), blob),
  binaryView: leaf(new BinaryView(), blob),
  fixedSizeBinary: leaf(new FixedSizeBinary(3), bytes({ minLength: 3, maxLength: 3 })),
  decimal128: leaf(new Decimal(2, 30, 128), words(4)),
  decimal256: leaf(new Decimal(2, 60, 256), words(8)),
  dateDay: leaf(
    new DateDay(),
    fc.integer({ min: -100_000, max: 100_000 }).map((d) => d * 86_400_000),
  ),
  dateMillisecond: leaf(new DateMillisecond(), safe),
  timeSecond: leaf(new TimeSecond(), uint(16)),
  timeMillisecond: leaf(new TimeMillisecond(), uint(26)),
  timeMicrosecond: leaf(new TimeMicrosecond(), fc.bigInt({ min: 0n, max: 86_399_999_999n })),
  timeNanosecond: leaf(new TimeNanosecond(), fc.bigInt({ min: 0n, max: 86_399_999_999_999n })),
  timestampSecond: leaf(
    new TimestampSecond("UTC"),
    safe.map((t) => Math.trunc(t / 1000) * 1000),
  ),
  timestampMillisecond: leaf(new TimestampMillisecond(), safe),
  timestampMicrosecond: leaf(new TimestampMicrosecond("Europe/Berlin"), safe),
  timestampNanosecond: leaf(new TimestampNanosecond(), uint(30)),
  intervalDayTime: leaf(new IntervalDayTime(), ints(2)),
  intervalYearMonth: {
    type: new IntervalYearMonth(),
    value: fc.tuple(fc.nat(9999), fc.nat(11)).map(([years, months]) => [years, months]),
    build: (values) => {
      // The only month interval is one i32 a row; apache-arrow's builder takes it for two.
      const pairs = values as readonly ([number, number] | null)[];
      return makeData({
        type: new IntervalYearMonth(),
        length: pairs.length,
        nullCount: -1,
        nullBitmap: bitmapOf(pairs),
        data: Int32Array.from(pairs, (pair) => (pair ? pair[0] * 12 + pair[1] : 0)),
      });
    },
  },
  intervalMonthDayNano: leaf(new IntervalMonthDayNano(), ints(4)),
  durationSecond: leaf(new DurationSecond(), int64),
  durationMillisecond: leaf(new DurationMillisecond(), int64),
  durationMicrosecond: leaf(new DurationMicrosecond(), int64),
  durationNanosecond: leaf(new DurationNanosecond(), int64),
};

const struct = (a: DataType, b: DataType) =>
  new Struct([new Field("a", a, true), new Field("", b, true)]);
const orNull = (value: fc.Arbitrary<unknown>) => fc.option(value, { freq: 4 });
const few = (value: fc.Arbitrary<unknown>) => fc.array(orNull(value), { maxLength: 4 });
const object = (a: fc.Arbitrary<unknown>, b: fc.Arbitrary<unknown>) =>
  fc.record({ a: orNull(a), "": orNull(b) });

/** A map type; its class wants the entries as a struct of exactly these two fields. */
export function mapOf(key: Field, value: Field): Map_ {
  const entries: Field<Struct<{ key: DataType; value: DataType }>> = new Field(
    "entries",
    new Struct([key, value] as Field[]),
    false,
  );
  return new Map_(entries);
}

/** Types with children, and dictionaries. */
const NESTED: Readonly<Record<string, ColumnKind>> = {
  list: leaf(new List(item(new Int32())), few(int(32))),
  listOfUtf8: leaf(new List(item(new Utf8())), few(text)),
  listOfView: leaf(new List(item(new Utf8View())), few(text)),
  listOfNull: {
    type: new List(item(new Null())),
    value: fc.array(fc.constant(null), { maxLength: 3 }),
    build: listOfNull,
  },
  largeList: leaf(new LargeList(item(new Int16())), few(int(16))),
  listOfList: leaf(new List(item(new List(item(new Bool())))), few(few(fc.boolean()))),
  fixedSizeList: leaf(
    new FixedSizeList(2, item(new Float64())),
    fc.array(orNull(fc.double({ noNaN: true })), { minLength: 2, maxLength: 2 }),
  ),
  struct: leaf(struct(new Int32(), new Utf8()), object(int(32), text)),
  structOfView: leaf(struct(new Utf8View(), new Bool()), object(text, fc.boolean())),
  listOfStruct: leaf(
    new List(item(struct(new Int8(), new Float32()))),
    few(object(int(8), fc.float({ noNaN: true }))),
  ),
  map: leaf(
    mapOf(new Field("key", new Utf8(), false), new Field("value", new Int32(), true)),
    fc
      .uniqueArray(fc.tuple(text, orNull(int(32))), { maxLength: 3, selector: ([k]) => k })
      .map((entries) => new Map(entries)),
  ),
  dictionary: leaf(new Dictionary(new Utf8(), new Int32()), fc.constantFrom("x", "y", "zebra", "")),
  dictionaryInt8: leaf(new Dictionary(new Int64(), new Int8()), fc.constantFrom(1n, 2n, -3n)),
  denseUnion: union("dense"),
  sparseUnion: union("sparse"),
};

export const KINDS: Readonly<Record<string, ColumnKind>> = { ...LEAVES, ...NESTED };

function bitmapOf(values: readonly unknown[]): Uint8Array {
  const bitmap = new Uint8Array(Math.ceil(values.length / 8));
  for (const [i, value] of values.entries()) {
    if (value !== null) bitmap[i >> 3] = (bitmap[i >> 3] ?? 0) | (1 << (i & 7));
  }
  return bitmap;
}

function listOfNull(values: readonly unknown[]): Data {
  const lists = values as readonly (readonly null[] | null)[];
  const offsets = new Int32Array(lists.length + 1);
  for (const [i, list] of lists.entries()) offsets[i + 1] = (offsets[i] ?? 0) + (list?.length ?? 0);
  return makeData({
    type: new List(item(new Null())),
    length: lists.length,
    nullCount: -1,
    nullBitmap: bitmapOf(lists),
    valueOffsets: offsets,
    child: makeData({ type: new Null(), length: offsets.at(-1) ?? 0 }),
  });
}

// A union has no validity of its own: a null is a null of the child that the row points to.
function union(mode: "dense" | "sparse"): ColumnKind {
  const fields = [new Field("i", new Int32(), true), new Field("s", new Utf8(), true)];
  const type = mode === "dense" ? new DenseUnion([5, 9], fields) : new SparseUnion([5, 9], fields);
  return {
    type,
    value: fc.oneof(int(32), text),
    build: (values) => {
      const isText = (v: unknown) => typeof v === "string";
      const typeIds = Int8Array.from(values, (v) => (isText(v) ? 9 : 5));
      const length = values.length;
      if (mode === "sparse") {
        const children = [
          fromValues(
            values.map((v) => (isText(v) ? 0 : v)),
            new Int32(),
          ),
          fromValues(
            values.map((v) => (isText(v) ? v : "")),
            new Utf8(),
          ),
        ];
        return makeData({ type: type as SparseUnion, length, typeIds, children });
      }
      const counts = [0, 0];
      const valueOffsets = Int32Array.from(values, (v) => {
        const child = isText(v) ? 1 : 0;
        const at = counts[child] ?? 0;
        counts[child] = at + 1;
        return at;
      });
      const children = [
        fromValues(
          values.filter((v) => !isText(v)),
          new Int32(),
        ),
        fromValues(values.filter(isText), new Utf8()),
      ];
      return makeData({ type: type as DenseUnion, length, typeIds, valueOffsets, children });
    },
  };
}

/** A value as plain data, so that what a generator made and what a library read can be compared. */
export function plain(value: unknown): unknown {
  if (value === null || value === undefined) return null;
  if (value instanceof Date) return value.getTime();
  if (value instanceof Vector) return [...value].map(plain);
  if (Array.isArray(value)) return value.map(plain);
  if (ArrayBuffer.isView(value)) return Array.from(value as unknown as ArrayLike<unknown>);
  if (value instanceof Map) return [...value].map(([k, v]) => [plain(k), plain(v)]);
  if (typeof value === "object") {
    if (value instanceof MapRow) return [...value].map(([k, v]) => [plain(k), plain(v)]);
    return Object.fromEntries(Object.entries(value).map(([k, v]) => [k, plain(v)]));
  }
  // -0 and 0 are one value in Arrow's terms, two in a test's.
  return Object.is(value, -0) ? 0 : value;
}
