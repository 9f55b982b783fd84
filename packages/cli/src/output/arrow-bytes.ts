import { setImmediate } from "node:timers/promises";
import { type RecordBatch, RecordBatchFileWriter, RecordBatchStreamWriter } from "apache-arrow";

/**
 * Batches in the file or the stream format of Arrow, as they come. The writer of apache-arrow keeps what
 * nobody has read yet, so that all of it is read behind every batch.
 */
export async function* arrowBytes(
  batches: AsyncIterable<RecordBatch>,
  format: "arrow" | "arrows",
): AsyncGenerator<Uint8Array> {
  const writer = format === "arrow" ? new RecordBatchFileWriter() : new RecordBatchStreamWriter();
  const written = writer[Symbol.asyncIterator]();
  let next = written.next();
  for await (const batch of batches) {
    writer.write(batch);
    for (;;) {
      const chunk = await Promise.race([next, setImmediate(undefined)]);
      if (chunk === undefined || chunk.done) break;
      yield chunk.value;
      next = written.next();
    }
  }
  writer.finish();
  for (let chunk = await next; !chunk.done; chunk = await written.next()) yield chunk.value;
}
