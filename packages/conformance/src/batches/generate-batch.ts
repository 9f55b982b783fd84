import { toArrowType, type ValueType, type WireType } from "@uni/plugin";
import { Field, type RecordBatch } from "apache-arrow";
import { argumentBatch } from "./argument-batch.ts";
import { type ColumnPlan, columnOf } from "./column.ts";
import { Random } from "./random.ts";

/** What a batch of arguments is to be like. */
export interface BatchPlan extends ColumnPlan {
  readonly args: readonly WireType[];
  /** Columns of a variadic argument. */
  readonly variadic: number;
  readonly seed: number;
}

/** Arguments of the declared types, the same for the same plan, in columns as guests get them. */
export function generateBatch(plan: BatchPlan): RecordBatch {
  const { args, variadic, rows, seed } = plan;
  const random = new Random(seed);
  const types = args.flatMap((type): ValueType[] =>
    type.kind === "variadic" ? new Array<ValueType>(variadic).fill(type.inner) : [type],
  );
  const columns = types.map((type) => columnOf(type, plan, random));
  return argumentBatch(
    types.map((type, i) => new Field(`arg${i}`, toArrowType(type), true)),
    rows,
    columns,
  );
}
