import { expect, it } from "vitest";
import { diagnose } from "../src/types/compile-consumer.ts";

it("errors in programs, in declarations of ours and of the compiler itself are ours", () => {
  const lines = [
    "programs/plugin.ts(1,2): error TS2322: Type 'number' is not assignable.",
    "node_modules/@uni/plugin/dist/index.d.ts(3,4): error TS2315: Type 'Uint8Array' is not generic.",
    "error TS5107: Option 'module' is deprecated.",
  ];
  expect(diagnose(lines.join("\n"))).toEqual({ ours: lines, theirs: [] });
});

it("errors in declarations of other packages are theirs, and are named once", () => {
  const output = `node_modules/flatbuffers/js/utils.d.ts(1,29): error TS2315: Type 'Int32Array' is not generic.
node_modules/flatbuffers/js/utils.d.ts(2,31): error TS2315: Type 'Float32Array' is not generic.
node_modules/@uni/plugin/node_modules/@types/node/a.d.ts(1,1): error TS1: a
  which goes on here
`;
  expect(diagnose(output)).toEqual({ ours: [], theirs: ["@types/node", "flatbuffers"] });
});
