import type { RecordBatch } from "apache-arrow";
import { type Procedure, QName } from "../../src/index.ts";
import { batchOf } from "../batch-of.ts";

/** A host's own procedure of two int32: the numbers from one up to the other, `batchRows` a batch. */
export function range(name: string, batchRows = 2): Procedure {
  function* batches(args: RecordBatch): Generator<RecordBatch> {
    const from: number = args.getChildAt(0)?.get(0);
    const to: number = args.getChildAt(1)?.get(0);
    for (let start = from; start < to; start += batchRows) {
      const length = Math.min(batchRows, to - start);
      yield batchOf({ yield0: Int32Array.from({ length }, (_, i) => start + i) });
    }
  }
  return {
    name: QName.parse(name),
    signature: {
      args: [
        { kind: "primitive", arrow: "int32" },
        { kind: "primitive", arrow: "int32" },
      ],
      yields: [{ kind: "primitive", arrow: "int32" }],
      mode: "read",
    },
    async *invoke(args) {
      yield* batches(args);
    },
    invokeSync: (args) => [...batches(args)],
  };
}
