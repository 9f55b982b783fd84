import { UniError } from "@uni/plugin";
import type { LoaderError } from "@uni/wasm-rt";
import { DataType, type RecordBatch, type Vector } from "apache-arrow";
import type { ComparedLoader } from "./loaders.ts";

/** What work with a loader came to: plain data, the same for every loader. */
export async function outcomeOf(
  { errorName, scalarExport }: ComparedLoader,
  work: () => Promise<unknown>,
): Promise<unknown> {
  try {
    return { value: await work() };
  } catch (error) {
    if (!(error instanceof UniError)) throw error;
    const { code } = error as LoaderError;
    if (code === "INTERNAL") throw error;
    const name = error.name === errorName ? "the loader's error" : error.name;
    const message = error.message
      .replaceAll(scalarExport, "<the export>")
      // Which call a short deadline ends on a machine that does other work too is chance.
      .replace(/^.* (?=did not finish within)/, "");
    const { fnCode, retryable } = error as { fnCode?: number; retryable?: boolean };
    return { name, code, message, fnCode, retryable };
  }
}

/** A vector as plain data. */
export function plain(vector: Vector): unknown {
  const values = Array.from(vector, (value: unknown) =>
    DataType.isFixedSizeList(vector.type) && value !== null ? [...(value as Vector)] : value,
  );
  return { type: String(vector.type), nullCount: vector.nullCount, values };
}

/** Batches as plain data: what their columns are called, and what is in them. */
export function plainBatches(batches: readonly RecordBatch[]): unknown {
  return batches.map(({ schema, numRows }, at) => ({
    schema: String(schema),
    numRows,
    columns: schema.fields.map(({ name }) => {
      const column = batches[at]?.getChild(name);
      return column ? plain(column) : undefined;
    }),
  }));
}
