import { expect, it } from "vitest";
import { isPrinted, namedIn, stepsOf } from "../src/consume/read-readme.ts";

const fence = (language: string, text: string) => `\`\`\`${language}\n${text}\n\`\`\`\n`;

it("a reader installs, and runs examples, in the order of the README", () => {
  const readme = [
    fence("sh", "npm install @uni/cli apache-arrow   # and others\nnpx uni-wasm --help"),
    fence("sh", "uni-wasm inspect geo.wasm"),
    fence("text", "geo.wasm\n  size …"),
    fence("sh", "uni-wasm check geo.wasm"),
    fence("text", "60 passed"),
    fence("ts", "console.log(1)"),
    fence("text", "1"),
    fence("ts", "console.log(2)"),
    fence("json", "{}"),
    fence("sh", "npm install another@1"),
  ].join("\n");
  expect(stepsOf(readme, "uni-wasm")).toEqual([
    { kind: "install", commands: "npm install @uni/cli apache-arrow   # and others" },
    { kind: "program", commands: "uni-wasm inspect geo.wasm\n", printed: "geo.wasm\n  size …\n" },
    { kind: "example", code: "console.log(1)\n", printed: "1\n" },
    { kind: "example", code: "console.log(2)\n", printed: undefined },
    { kind: "install", commands: "npm install another@1" },
  ]);
});

it("a README that installs nothing is refused", () => {
  expect(() => stepsOf(fence("ts", "console.log(1)"))).toThrow(
    /expected a block of "npm install …"/,
  );
});

it("what a command names is read without options, versions and comments", () => {
  const command =
    "npm install --save-dev @uni/cli @extism/extism@2.0.0-rc13 zod@4 arrow # and more";
  expect(namedIn(command)).toEqual(["@uni/cli", "@extism/extism", "zod", "arrow"]);
});

it("a line that ends in … may go on otherwise, and no other line", () => {
  expect(isPrinted("size 12 (KiB)\nend\n", "size …\nend\n")).toBe(true);
  expect(isPrinted("size 12\nends\n", "size …\nend\n")).toBe(false);
  expect(isPrinted("a+b\n", "a.b\n")).toBe(false);
});
