import {
  Binary,
  BinaryView,
  Bool,
  type DataType,
  Date_,
  DateUnit,
  Duration,
  type Field,
  FixedSizeBinary,
  FixedSizeList,
  Float,
  Interval,
  IntervalUnit,
  LargeBinary,
  LargeList,
  LargeUtf8,
  List,
  Map_,
  Null,
  Precision,
  Struct,
  TimeUnit,
  Type,
  Utf8,
  Utf8View,
} from "apache-arrow";
import type { FlatTable } from "../flatbuffer/flat-table.ts";
import {
  DATE,
  DURATION,
  FIELD,
  FIXED_SIZE_BINARY,
  FIXED_SIZE_LIST,
  FLOATING_POINT,
  INTERVAL,
  MAP,
} from "../flatbuffer/slots.ts";
import { KIND } from "../type-kind.ts";
import { oneOf, readDecimal, readInt, readTime, readTimestamp } from "./read-parameters.ts";
import { readUnion } from "./read-union.ts";
import { requireRowNames } from "./row-names.ts";
import type { SchemaField } from "./schema-field.ts";

const UNREPRESENTABLE: Readonly<Record<number, string>> = {
  [KIND.runEndEncoded]: "RunEndEncoded",
  [KIND.listView]: "ListView",
  [KIND.largeListView]: "LargeListView",
};

/**
 * The type of a field; of a dictionary-encoded one, that of its values.
 *
 * @param children the field's own, in order.
 */
export function readType(field: SchemaField, children: readonly Field[]): DataType {
  const kind = field.table.uint8(FIELD.typeKind);
  const table = field.table.table(FIELD.type);
  if (table === undefined) {
    throw field.malformed("flatbuffer-required", "expected a type, got none");
  }
  const unknown = UNREPRESENTABLE[kind];
  if (unknown !== undefined) {
    throw field.unsupported(
      "type-known",
      `has a type that apache-arrow cannot represent: ${unknown}`,
    );
  }
  return readNested(field, kind, table, children) ?? readFlat(field, kind, table, children);
}

function readNested(
  field: SchemaField,
  kind: number,
  table: FlatTable,
  children: readonly Field[],
): DataType | undefined {
  switch (kind) {
    case KIND.list:
      return new List(onlyChild(field, children));
    case KIND.largeList:
      return new LargeList(onlyChild(field, children));
    case KIND.fixedSizeList: {
      const size = table.int32(FIXED_SIZE_LIST.listSize, 0);
      if (size < 0) throw field.malformed("type-parameters", `a list of ${size} items`);
      return new FixedSizeList(size, onlyChild(field, children));
    }
    case KIND.struct:
      requireRowNames(children, (what) => field.unsupported("field-name", what));
      return new Struct([...children]);
    case KIND.map: {
      const entries = onlyChild(field, children);
      if (entries.type.typeId !== KIND.struct || entries.type.children.length !== 2) {
        throw field.malformed(
          "child-count",
          `expected a map to have entries of a key and a value, got ${entries.type}`,
        );
      }
      // Schema.fbs, `table Map`.
      if (entries.nullable || entries.type.children[0]?.nullable) {
        throw field.malformed(
          "map-entries",
          "expected the entries of a map, and their keys, not to be nullable",
        );
      }
      // The checks above are what the class's type asks for.
      type Entries = ConstructorParameters<typeof Map_>[0];
      return new Map_(entries as Entries, table.boolean(MAP.keysSorted));
    }
    case KIND.union:
      return readUnion(field, table, children);
    default:
      return undefined;
  }
}

function readFlat(
  field: SchemaField,
  kind: number,
  table: FlatTable,
  children: readonly Field[],
): DataType {
  if (children.length > 0) {
    throw field.malformed(
      "child-count",
      `expected no children of a ${Type[kind] ?? `type ${kind}`}, got ${children.length}`,
    );
  }
  switch (kind) {
    case KIND.null:
      return new Null();
    case KIND.bool:
      return new Bool();
    case KIND.utf8:
      return new Utf8();
    case KIND.largeUtf8:
      return new LargeUtf8();
    case KIND.utf8View:
      return new Utf8View();
    case KIND.binary:
      return new Binary();
    case KIND.largeBinary:
      return new LargeBinary();
    case KIND.binaryView:
      return new BinaryView();
    case KIND.int:
      return readInt(field, table);
    case KIND.float:
      return new Float(
        oneOf(field, "precision", table.int16(FLOATING_POINT.precision, 0), Precision),
      );
    case KIND.decimal:
      return readDecimal(field, table);
    case KIND.date:
      return new Date_(
        oneOf(field, "unit", table.int16(DATE.unit, DateUnit.MILLISECOND), DateUnit),
      );
    case KIND.time:
      return readTime(field, table);
    case KIND.timestamp:
      return readTimestamp(field, table);
    case KIND.interval:
      return new Interval(oneOf(field, "unit", table.int16(INTERVAL.unit, 0), IntervalUnit));
    case KIND.duration:
      return new Duration(
        oneOf(field, "unit", table.int16(DURATION.unit, TimeUnit.MILLISECOND), TimeUnit),
      );
    case KIND.fixedSizeBinary: {
      const bytes = table.int32(FIXED_SIZE_BINARY.byteWidth, 0);
      if (bytes < 0) throw field.malformed("type-parameters", `a width of ${bytes} bytes`);
      return new FixedSizeBinary(bytes);
    }
    default:
      throw field.malformed("type-known", `expected a type of Arrow, got number ${kind}`);
  }
}

function onlyChild(field: SchemaField, children: readonly Field[]): Field {
  const [child] = children;
  if (child !== undefined && children.length === 1) return child;
  throw field.malformed("child-count", `expected one child, got ${children.length}`);
}
