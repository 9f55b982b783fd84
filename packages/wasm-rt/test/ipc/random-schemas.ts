import {
  type Data,
  type DataType,
  Dictionary,
  Field,
  FixedSizeList,
  Int16,
  LargeList,
  List,
  type RecordBatch,
  Schema,
  Struct,
  Utf8,
  vectorFromArray,
} from "apache-arrow";
import fc from "fast-check";
import { batchWith } from "./batches.ts";
import { KINDS, mapOf, plain } from "./columns.ts";

/** A type, and values of it that apache-arrow's builders take, nulls included. */
interface Generated {
  readonly type: DataType;
  readonly value: fc.Arbitrary<unknown>;
}

// What the builders cannot make below another type: a month interval, a union, a dictionary.
const UNBUILDABLE = /interval|Union|dictionary|^null$|listOfNull/;
const LEAVES = Object.entries(KINDS).flatMap(([name, { type, value }]): Generated[] =>
  UNBUILDABLE.test(name) ? [] : [{ type, value }],
);

const orNull = (value: fc.Arbitrary<unknown>) => fc.option(value, { freq: 4 });
const metadata = fc
  .dictionary(fc.string({ maxLength: 5 }), fc.string({ maxLength: 5 }), { maxKeys: 2 })
  .map((entries) => new Map(Object.entries(entries)));
// Two of one name cannot be told apart, and an object has but one prototype.
const name = fc.string({ unit: "grapheme", maxLength: 4 }).filter((text) => text !== "__proto__");
const names = (count: number) => fc.uniqueArray(name, { minLength: count, maxLength: count });

const item = (type: DataType, tags: Map<string, string>) => new Field("item", type, true, tags);

/** Types of up to three levels. */
const { generated } = fc.letrec<{ generated: Generated }>((tie) => ({
  generated: fc.oneof(
    { maxDepth: 3, depthSize: "small" },
    fc.constantFrom(...LEAVES),
    fc.tuple(tie("generated"), metadata, fc.boolean()).map(([{ type, value }, tags, large]) => ({
      type: large ? new LargeList(item(type, tags)) : new List(item(type, tags)),
      value: fc.array(orNull(value), { maxLength: 3 }),
    })),
    fc
      .tuple(tie("generated"), metadata, fc.integer({ min: 1, max: 3 }))
      .map(([{ type, value }, tags, size]) => ({
        type: new FixedSizeList(size, item(type, tags)),
        value: fc.array(orNull(value), { minLength: size, maxLength: size }),
      })),
    fc.array(tie("generated"), { minLength: 1, maxLength: 3 }).chain((children) =>
      fc.tuple(names(children.length), metadata).map(([fieldNames, tags]) => ({
        type: new Struct(
          children.map(({ type }, i) => new Field(fieldNames[i] ?? "", type, true, tags)),
        ),
        value: fc
          .tuple(...children.map(({ value }) => orNull(value)))
          .map((values) => Object.fromEntries(values.map((v, i) => [fieldNames[i] ?? "", v]))),
      })),
    ),
    tie("generated").map(({ type, value }) => ({
      type: mapOf(new Field("key", new Utf8(), false), new Field("value", type, true)),
      value: fc
        .uniqueArray(fc.tuple(fc.string({ maxLength: 3 }), orNull(value)), {
          maxLength: 2,
          selector: ([key]) => key,
        })
        .map((entries) => new Map(entries)),
    })),
  ),
}));

const dictionary: fc.Arbitrary<Generated> = fc
  .constantFrom(...LEAVES.filter(({ type }) => /^(Utf8|Int64|Binary|Date)/.test(String(type))))
  .map(({ type, value }) => ({ type: new Dictionary(type, new Int16()), value }));

/** A batch of random columns, and what is in it, by column. */
export interface RandomBatch {
  readonly batch: RecordBatch;
  readonly values: unknown[][];
}

const fieldOf = (column: Generated) =>
  fc.record({ column: fc.constant(column), nullable: fc.boolean(), tags: metadata });

/** Batches of up to four columns of random types, with names, nulls and metadata of all kinds. */
export const randomBatch: fc.Arbitrary<RandomBatch> = fc
  .tuple(
    fc.array(fc.oneof({ weight: 4, arbitrary: generated }, dictionary).chain(fieldOf), {
      maxLength: 4,
    }),
    fc.nat(12),
    metadata,
  )
  .chain(([columns, rows, schemaTags]) =>
    fc.record({
      fieldNames: names(columns.length),
      columns: fc.constant(columns),
      schemaTags: fc.constant(schemaTags),
      values: fc.tuple(
        ...columns.map(({ column, nullable }) =>
          fc.array(nullable ? orNull(column.value) : column.value, {
            minLength: rows,
            maxLength: rows,
          }),
        ),
      ),
    }),
  )
  .map(({ fieldNames, columns, schemaTags, values }) => {
    const fields = columns.map(
      ({ column, nullable, tags }, i) =>
        new Field(fieldNames[i] ?? "", column.type, nullable, tags),
    );
    const data = columns.map(({ column }, i) => dataOf(values[i] ?? [], column.type));
    return {
      batch: batchWith(new Schema(fields, schemaTags), data),
      values: values.map((column) => column.map(plain)),
    };
  });

function dataOf(values: readonly unknown[], type: DataType): Data {
  const [data] = vectorFromArray([...values], type).data;
  if (data === undefined) throw new Error("a vector has data");
  return data;
}
