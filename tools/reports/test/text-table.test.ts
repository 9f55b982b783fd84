import { expect, it } from "vitest";
import { textTable } from "../src/index.ts";

it("a table of text is as wide as its widest cells, and ends no line with spaces", () => {
  const rows = [
    ["a", "1"],
    ["bcd", "1,000"],
    ["e", ""],
  ];
  expect(textTable(rows, ["left", "right"])).toEqual(["a        1", "bcd  1,000", "e"]);
});
