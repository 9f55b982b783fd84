import { DataType, DateUnit, IntervalUnit, TimeUnit, Type, UnionMode } from "apache-arrow";

/** A class of typed arrays. */
export interface ArrayClass<T extends ArrayBufferView = ArrayBufferView> {
  readonly BYTES_PER_ELEMENT: number;
  new (buffer: ArrayBufferLike, byteOffset: number, length: number): T;
  new (length: number): T;
}

/**
 * How the buffers of a column are laid out (Arrow columnar format, "Physical Memory Layout"), which
 * is all that reading and writing need to know of its type. Every layout but `null` and `union` has
 * a validity bitmap before the buffers named here.
 */
export type Layout =
  | { readonly kind: "null" }
  /** One bit a value. */
  | { readonly kind: "bits" }
  /** `perValue` elements of an array a value; `instants` says what a date or timestamp counts. */
  | {
      readonly kind: "fixed";
      readonly array: ArrayClass;
      readonly perValue: number;
      readonly instants?: "seconds" | "milliseconds" | "microseconds" | undefined;
    }
  /** Offsets (64 bits where `wide`), then bytes. */
  | { readonly kind: "bytes"; readonly wide: boolean; readonly text: boolean }
  /** Views of 16 bytes, then any number of data buffers. */
  | { readonly kind: "views"; readonly text: boolean }
  /** Offsets (64 bits where `wide`) into the one child; the entries of a map are its child. */
  | { readonly kind: "list"; readonly wide: boolean }
  /** `size` items of the one child a value. */
  | { readonly kind: "fixed-list"; readonly size: number }
  | { readonly kind: "struct" }
  /** Type ids, and offsets into the children where `dense`. No validity. */
  | { readonly kind: "union"; readonly dense: boolean }
  /** Indices into a dictionary, `array` being theirs. */
  | { readonly kind: "dictionary"; readonly array: ArrayClass };

/** The layout of one kind. */
export type LayoutOf<K extends Layout["kind"]> = Extract<Layout, { kind: K }>;

// Layouts of types whose parameters do not matter for it.
const LAYOUTS: Readonly<Record<number, Layout>> = {
  [Type.Null]: { kind: "null" },
  [Type.Bool]: { kind: "bits" },
  [Type.Utf8]: { kind: "bytes", wide: false, text: true },
  [Type.LargeUtf8]: { kind: "bytes", wide: true, text: true },
  [Type.Binary]: { kind: "bytes", wide: false, text: false },
  [Type.LargeBinary]: { kind: "bytes", wide: true, text: false },
  [Type.Utf8View]: { kind: "views", text: true },
  [Type.BinaryView]: { kind: "views", text: false },
  [Type.List]: { kind: "list", wide: false },
  [Type.LargeList]: { kind: "list", wide: true },
  [Type.Map]: { kind: "list", wide: false },
  [Type.Struct]: { kind: "struct" },
};

/** The layout of a type; `undefined` where apache-arrow has a type that this does not know. */
export function layoutOf(type: DataType): Layout | undefined {
  switch (type.typeId) {
    case Type.Int:
    case Type.Float:
    case Type.Time:
    case Type.Duration:
      return { kind: "fixed", array: arrayOf(type), perValue: 1, instants: undefined };
    default:
      return LAYOUTS[type.typeId] ?? parametrised(type);
  }
}

function parametrised(type: DataType): Layout | undefined {
  if (DataType.isDictionary(type)) return { kind: "dictionary", array: arrayOf(type.indices) };
  const array = arrayOf(type);
  if (DataType.isFixedSizeList(type)) return { kind: "fixed-list", size: type.listSize };
  if (DataType.isUnion(type)) return { kind: "union", dense: type.mode === UnionMode.Dense };
  if (DataType.isFixedSizeBinary(type)) return { kind: "fixed", array, perValue: type.byteWidth };
  if (DataType.isDecimal(type)) return { kind: "fixed", array, perValue: type.bitWidth / 32 };
  if (DataType.isDate(type)) {
    const instants = type.unit === DateUnit.MILLISECOND ? "milliseconds" : undefined;
    return { kind: "fixed", array, perValue: 1, instants };
  }
  if (DataType.isTimestamp(type)) {
    return { kind: "fixed", array, perValue: 1, instants: INSTANTS[type.unit] };
  }
  if (DataType.isInterval(type)) {
    return { kind: "fixed", array, perValue: INTERVAL_WORDS[type.unit] };
  }
  return undefined;
}

// Nanoseconds in 64 bits are always a number of milliseconds that JavaScript holds.
const INSTANTS = {
  [TimeUnit.SECOND]: "seconds",
  [TimeUnit.MILLISECOND]: "milliseconds",
  [TimeUnit.MICROSECOND]: "microseconds",
  [TimeUnit.NANOSECOND]: undefined,
} as const;

const INTERVAL_WORDS = {
  [IntervalUnit.YEAR_MONTH]: 1,
  [IntervalUnit.DAY_TIME]: 2,
  [IntervalUnit.MONTH_DAY_NANO]: 4,
} as const;

function arrayOf(type: DataType): ArrayClass {
  // apache-arrow's types say which array holds their values.
  return type.ArrayType as ArrayClass;
}
