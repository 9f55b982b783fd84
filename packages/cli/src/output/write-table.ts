import { printable } from "@uni/plugin/errors";
import stringWidth from "string-width";
import type { Part, Terminal } from "../terminal/terminal.ts";
import type { Result, ResultColumn } from "./result.ts";

const GAP = "  ";
const NULL = "∅";
const MAX_CELL_WIDTH = 60;
const MAX_CELL_LENGTH = 400;

type Row = readonly (string | null)[];

/** Prints rows for people. The first rows that come decide how wide columns are; what is longer is cut. */
export async function writeTable(result: Result, terminal: Terminal): Promise<void> {
  let widths: number[] | undefined;
  for await (const rows of result.texts()) {
    const shown = rows.map((row) => row.map(cellText));
    widths ??= await printHead(result.columns, shown, terminal);
    for (const row of shown) await terminal.print(...rowParts(row, result.columns, widths));
  }
  if (widths === undefined) await printHead(result.columns, [], terminal);
}

async function printHead(
  columns: readonly ResultColumn[],
  rows: readonly Row[],
  terminal: Terminal,
): Promise<number[]> {
  const names = columns.map(({ name }) => printable(name, MAX_CELL_LENGTH));
  const widths = names.map((name, i) => {
    const cells = rows.map((row) => stringWidth(row[i] ?? NULL));
    return Math.min(
      MAX_CELL_WIDTH,
      cells.reduce((a, b) => Math.max(a, b), stringWidth(name)),
    );
  });
  const text = names.map((name, i) => padded(name, widths[i] ?? 0, columns[i])).join(GAP);
  await terminal.print({ style: "bold", text: text.trimEnd() });
  await terminal.print({ style: "dim", text: widths.map((width) => "─".repeat(width)).join(GAP) });
  return widths;
}

function rowParts(row: Row, columns: readonly ResultColumn[], widths: readonly number[]): Part[] {
  return row.flatMap((cell, i): Part[] => {
    const gap = i === 0 ? "" : GAP;
    const isLast = i === row.length - 1;
    const text = padded(cell ?? NULL, widths[i] ?? 0, columns[i], isLast);
    return [gap, cell === null ? { style: "dim", text } : text];
  });
}

function cellText(text: string | null): string | null {
  return text === null ? null : printable(text, MAX_CELL_LENGTH);
}

function padded(text: string, width: number, column?: ResultColumn, isLast = false): string {
  const cut = cutTo(text, width);
  const space = " ".repeat(Math.max(0, width - stringWidth(cut)));
  if (column?.isNumber) return space + cut;
  return isLast ? cut : cut + space;
}

const graphemes = new Intl.Segmenter();

function cutTo(text: string, width: number): string {
  if (stringWidth(text) <= width) return text;
  let cut = "";
  for (const { segment } of graphemes.segment(text)) {
    if (stringWidth(cut + segment) > width - 1) break;
    cut += segment;
  }
  return `${cut}…`;
}
