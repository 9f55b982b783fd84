import {
  type DataType,
  type Date_,
  DateUnit,
  type Decimal,
  type Dictionary,
  type FixedSizeBinary,
  type FixedSizeList,
  type Interval,
  IntervalUnit,
  type Timestamp,
  TimeUnit,
  type Union,
  UnionMode,
} from "apache-arrow";
import { KIND } from "./type-kind.ts";

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
  [KIND.null]: { kind: "null" },
  [KIND.bool]: { kind: "bits" },
  [KIND.utf8]: { kind: "bytes", wide: false, text: true },
  [KIND.largeUtf8]: { kind: "bytes", wide: true, text: true },
  [KIND.binary]: { kind: "bytes", wide: false, text: false },
  [KIND.largeBinary]: { kind: "bytes", wide: true, text: false },
  [KIND.utf8View]: { kind: "views", text: true },
  [KIND.binaryView]: { kind: "views", text: false },
  [KIND.list]: { kind: "list", wide: false },
  [KIND.largeList]: { kind: "list", wide: true },
  [KIND.map]: { kind: "list", wide: false },
  [KIND.struct]: { kind: "struct" },
};

/** The layout of a type; `undefined` where apache-arrow has a type that this does not know. */
export function layoutOf(type: DataType): Layout | undefined {
  switch (type.typeId) {
    case KIND.int:
    case KIND.float:
    case KIND.time:
    case KIND.duration:
      return fixed(arrayOf(type), 1);
    default:
      return LAYOUTS[type.typeId] ?? parametrised(type);
  }
}

// The class of a type follows from its `typeId`.
function parametrised(type: DataType): Layout | undefined {
  const array = arrayOf(type);
  switch (type.typeId) {
    case KIND.dictionary: {
      const { indices } = type as Dictionary;
      return { kind: "dictionary", array: arrayOf(indices) };
    }
    case KIND.fixedSizeList:
      return { kind: "fixed-list", size: (type as FixedSizeList).listSize };
    case KIND.union:
      return { kind: "union", dense: (type as Union).mode === UnionMode.Dense };
    case KIND.fixedSizeBinary:
      return fixed(array, (type as FixedSizeBinary).byteWidth);
    case KIND.decimal:
      return fixed(array, (type as Decimal).bitWidth / 32);
    case KIND.date:
      return fixed(array, 1, DATES[(type as Date_).unit]);
    case KIND.timestamp:
      return fixed(array, 1, INSTANTS[(type as Timestamp).unit]);
    case KIND.interval:
      return fixed(array, INTERVAL_WORDS[(type as Interval).unit]);
    default:
      return undefined;
  }
}

function fixed(
  array: ArrayClass,
  perValue: number,
  instants?: LayoutOf<"fixed">["instants"],
): LayoutOf<"fixed"> {
  return { kind: "fixed", array, perValue, instants };
}

const DATES = { [DateUnit.DAY]: undefined, [DateUnit.MILLISECOND]: "milliseconds" } as const;

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
