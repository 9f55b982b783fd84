import {
  Binary,
  Bool,
  type DataType,
  DateMillisecond,
  Field,
  FixedSizeList,
  Float32,
  Float64,
  Int32,
  Int64,
  LargeBinary,
  TimestampMillisecond,
  Utf8,
} from "apache-arrow";
import { z } from "zod";

/** A type without parameters, by its name on the wire. */
export type PrimitiveName =
  | "int32"
  | "int64"
  | "float32"
  | "float64"
  | "boolean"
  | "utf8"
  | "binary"
  | "largebinary"
  | "date64"
  | "timestamp_ms";

const PRIMITIVES: Readonly<Record<PrimitiveName, () => DataType>> = {
  int32: () => new Int32(),
  int64: () => new Int64(),
  float32: () => new Float32(),
  float64: () => new Float64(),
  boolean: () => new Bool(),
  utf8: () => new Utf8(),
  binary: () => new Binary(),
  largebinary: () => new LargeBinary(),
  date64: () => new DateMillisecond(),
  timestamp_ms: () => new TimestampMillisecond(),
};

/** The type of an argument or a result, in the shape in which a registration carries it. */
export type WireType = ValueType | VariadicType;

/** A type without parameters. */
export interface PrimitiveType {
  readonly kind: "primitive";
  readonly arrow: PrimitiveName;
}

/** A type that one column can have. */
export type ValueType =
  | PrimitiveType
  /** An opaque encoded value, as LargeBinary. */
  | { readonly kind: "cypher_value" }
  /** `len` elements a row, as FixedSizeList. */
  | { readonly kind: "vector"; readonly len: number; readonly element: PrimitiveName };

/** The last argument of a function, as many columns as the call has. */
export interface VariadicType {
  readonly kind: "variadic";
  readonly inner: ValueType;
}

const primitiveName = z.enum(Object.keys(PRIMITIVES) as [PrimitiveName, ...PrimitiveName[]]);
// FixedSizeList.listSize is an i32 in Arrow's Schema.fbs.
const vectorLength = z
  .int()
  .min(1)
  .max(2 ** 31 - 1);

const primitiveType = z.strictObject({ kind: z.literal("primitive"), arrow: primitiveName });
const valueTypes = [
  primitiveType,
  z.strictObject({ kind: z.literal("cypher_value") }),
  z.strictObject({ kind: z.literal("vector"), len: vectorLength, element: primitiveName }),
] as const;
const valueType = z.discriminatedUnion("kind", valueTypes);
const variadicType = z.strictObject({ kind: z.literal("variadic"), inner: valueType });

export const primitiveTypeSchema: z.ZodType<PrimitiveType> = primitiveType;
export const valueTypeSchema: z.ZodType<ValueType> = valueType;

/** The arguments of a function: only the last may be variadic. */
export const argumentTypesSchema: z.ZodType<WireType[]> = z
  .array(z.discriminatedUnion("kind", [...valueTypes, variadicType]))
  .superRefine((args, context) => {
    for (const [i, { kind }] of args.entries()) {
      if (kind !== "variadic" || i === args.length - 1) continue;
      context.addIssue({
        code: "custom",
        path: [i],
        message: "only the last argument may be variadic",
      });
    }
  });

/** The Arrow type of a column of this wire type. */
export function toArrowType(type: ValueType): DataType {
  switch (type.kind) {
    case "primitive":
      return PRIMITIVES[type.arrow]();
    case "cypher_value":
      return new LargeBinary();
    case "vector":
      // arrow-rs names the elements of a list "item" and takes them for nullable.
      return new FixedSizeList(type.len, new Field("item", PRIMITIVES[type.element](), true));
  }
}
