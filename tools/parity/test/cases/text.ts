import { doubles, texts } from "../arrow-columns.ts";
import { type Case, callCase, type Picked } from "./case.ts";
import { textColumns } from "./generated-columns.ts";

const WORDS = [
  "",
  "a",
  null,
  "東京 — Zürich",
  "👩‍👩‍👧 🇨🇭",
  "e\u0301",
  "\0\u{10ffff}\ufeff",
  "x".repeat(9_999),
];

function picked(columns: number): Picked {
  const of = (words: readonly (string | null)[]) =>
    texts(...Array.from({ length: columns }, (_, i) => (i === 0 ? words : words.toReversed())));
  return {
    "texts of every kind": of(WORDS),
    "no rows": of([]),
    "empty texts": of(["", "", ""]),
    "nulls alone": of([null, null]),
    "a text without its other half": of(["\ud800", "\udc00\ud800"]),
    "many rows": of(Array.from({ length: 5_000 }, (_, i) => (i % 9 === 0 ? null : `${i}ß`))),
    "one text of a megabyte": of(["ü".repeat(2 ** 19)]),
    "columns of doubles": doubles(...Array.from({ length: columns }, () => [1])),
    "one column more": texts(...Array.from({ length: columns + 1 }, () => ["a"])),
  };
}

export const textCases: readonly Case[] = [
  callCase("invokeScalar", "text", "reverse", picked(1), textColumns(1)),
  callCase("invokeScalar", "text", "char_length", picked(1), textColumns(1)),
  callCase("invokeScalar", "text", "join", picked(2), textColumns(2)),
];
