/**
 * What it costs to encode a batch and to decode it with every check, as ratios to apache-arrow, to
 * flechette and to a plain copy of the same buffers. Neither library checks what it reads.
 *
 *     pnpm bench --only ipc
 */
import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { type Case, type Turns, takeTurns } from "@uni/bench";
import { tableFromIPC, tableToIPC } from "@uwdata/flechette";
import {
  type Data,
  Dictionary,
  Field,
  Float64,
  Int32,
  List,
  makeData,
  type RecordBatch,
  RecordBatchReader,
  RecordBatchStreamWriter,
  Utf8,
  Vector,
  vectorFromArray,
} from "apache-arrow";
import { decodeBatch, encodeBatch } from "../../src/index.ts";
import { batchOf } from "./batches.ts";

const ROWS = [1, 100, 10_000, 1_000_000];

// Many calls in a row: the first ones pay for the garbage of the case before.
const TURNS: Readonly<Record<number, Turns>> = {
  1: { rounds: 15, callsPerRound: 20, warmUpRounds: 10, callsPerSample: 100 },
  100: { rounds: 15, callsPerRound: 20, warmUpRounds: 5, callsPerSample: 50 },
  10000: { rounds: 15, callsPerRound: 20, warmUpRounds: 5, callsPerSample: 2 },
  1000000: { rounds: 8, callsPerRound: 5, warmUpRounds: 2 },
};
const READS: Readonly<Record<number, Turns>> = {
  ...TURNS,
  1000000: { rounds: 7, callsPerRound: 1, warmUpRounds: 1 },
};

function text(rows: number, textOf: (row: number) => string): Data {
  const values = Buffer.from(Array.from({ length: rows }, (_, row) => textOf(row)).join(""));
  const valueOffsets = new Int32Array(rows + 1);
  for (let row = 0; row < rows; row++) {
    valueOffsets[row + 1] = (valueOffsets[row] ?? 0) + Buffer.byteLength(textOf(row));
  }
  return makeData({ type: new Utf8(), length: rows, valueOffsets, data: new Uint8Array(values) });
}

function everyThird(rows: number): Int32Array {
  return Int32Array.from({ length: rows + 1 }, (_, row) => row * 3);
}

const list = (child: Data, rows: number): Data =>
  makeData({
    type: new List(new Field("item", child.type, true)),
    length: rows,
    valueOffsets: everyThird(rows),
    child,
  });

const WORDS = vectorFromArray(
  Array.from({ length: 100 }, (_, i) => `word ${i}`),
  new Utf8(),
);

const SHAPES: Readonly<Record<string, (rows: number) => RecordBatch>> = {
  "4 doubles": (rows) => {
    const column = () =>
      makeData({ type: new Float64(), data: Float64Array.from({ length: rows }, (_, i) => i / 7) });
    return batchOf({ a: column(), b: column(), c: column(), d: column() });
  },
  "ASCII text": (rows) => batchOf({ s: text(rows, (row) => `text number ${row}`) }),
  "other text": (rows) => batchOf({ s: text(rows, (row) => `číslo řádku ${row}`) }),
  dictionary: (rows) => {
    const data = Int32Array.from({ length: rows }, (_, row) => row % 100);
    const type = new Dictionary(new Utf8(), new Int32(), 1);
    return batchOf({ d: makeData({ type, data, dictionary: new Vector(WORDS.data) }) });
  },
  "nested list": (rows) => {
    const data = Int32Array.from({ length: rows * 9 }, (_, i) => i);
    return batchOf({ l: list(list(makeData({ type: new Int32(), data }), rows * 3), rows) });
  },
};

/** Copies of all buffers of a batch, one by one. */
function copyBuffers(data: Data): number {
  let bytes = 0;
  for (const buffer of [data.valueOffsets, data.values] as (Uint8Array | undefined)[]) {
    bytes += buffer?.slice().byteLength ?? 0;
  }
  for (const chunk of data.dictionary?.data ?? []) bytes += copyBuffers(chunk);
  for (const child of data.children) bytes += copyBuffers(child);
  return bytes;
}

/** Reads every value of the first column. */
function readAll(batch: RecordBatch | undefined): number {
  const column = batch?.getChildAt(0);
  let rows = 0;
  for (let row = 0; row < (column?.length ?? 0); row++) {
    if (column?.get(row) !== null) rows += 1;
  }
  return rows;
}

const one = (name: string, expected: number, run: Case["run"]): Case => ({ name, expected, run });

function apacheDecodes(bytes: Uint8Array): RecordBatch | undefined {
  for (const batch of RecordBatchReader.from(bytes)) return batch;
  return undefined;
}

/** Until every value was read, by the same reader in both. */
function readsOf(batch: RecordBatch): Case[] {
  const bytes = encodeBatch(batch);
  const { numRows } = batch;
  return [
    one("apache-arrow reads all", numRows, () => readAll(apacheDecodes(bytes))),
    one("ours reads all", numRows, () => readAll(decodeBatch(bytes, { owned: true }))),
  ];
}

function casesOf(batch: RecordBatch): Case[] {
  const bytes = encodeBatch(batch);
  const written = RecordBatchStreamWriter.writeAll([batch]).toUint8Array(true);
  const table = tableFromIPC(bytes);
  const flechetteBytes = tableToIPC(table, { format: "stream" })?.length ?? 0;
  const { numRows } = batch;
  return [
    one("a copy of the buffers", copyBuffers(batch.data), () => copyBuffers(batch.data)),
    one(
      "apache-arrow encodes",
      written.length,
      () => RecordBatchStreamWriter.writeAll([batch]).toUint8Array(true).length,
    ),
    one("flechette encodes", flechetteBytes, () => tableToIPC(table, { format: "stream" })?.length),
    one("ours encodes", bytes.length, () => encodeBatch(batch).length),
    one("apache-arrow decodes", numRows, () => apacheDecodes(bytes)?.numRows),
    one("flechette decodes", numRows, () => tableFromIPC(bytes).numRows),
    one("ours decodes owned bytes", numRows, () => decodeBatch(bytes, { owned: true })?.numRows),
    one("ours decodes a copy", numRows, () => decodeBatch(bytes)?.numRows),
  ];
}

async function measureShape(shape: string, rows: number): Promise<void> {
  const [batchOfRows, turns, reads] = [SHAPES[shape], TURNS[rows], READS[rows]];
  if (batchOfRows === undefined || turns === undefined || reads === undefined) {
    throw new Error(`nothing to measure for ${rows} rows of ${shape}`);
  }
  const batch = batchOfRows(rows);
  const table = `${shape}, rows: ${rows.toLocaleString("en")}`;
  await takeTurns(table, casesOf(batch), turns);
  await takeTurns(`${table}, all read`, readsOf(batch), reads);
}

const [shape, rows] = process.argv.slice(2);
if (shape !== undefined) {
  await measureShape(shape, Number(rows));
} else {
  // A process for each: what a million rows leave in the heap slows the next ones.
  for (const one of Object.keys(SHAPES)) {
    for (const count of ROWS) {
      const args = [...process.execArgv, fileURLToPath(import.meta.url), one, String(count)];
      execFileSync(process.execPath, args, { stdio: "inherit" });
    }
  }
}
