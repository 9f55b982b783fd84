import { expect, it } from "vitest";
import { InstructionReader } from "../../../src/sandbox/rewrite/instruction-reader.ts";
import { STACK_DELTA } from "../../../src/sandbox/rewrite/stack-effects.ts";
import { EVERYWHERE } from "./every-opcode.ts";
import { moduleOf } from "./module-of.ts";
import { SAMPLE_MODULE, type Sample } from "./sample.ts";

const [DROP, LOCAL_GET, END] = [0x1a, 0x20, 0x0b];
// i32, i64, f32, f64, v128, funcref
const TYPES = [0x7f, 0x7e, 0x7d, 0x7c, 0x7b, 0x70];

/** Every way to have up to three operands. */
const OPERANDS: readonly (readonly number[])[] = (() => {
  const all: number[][] = [[]];
  for (let from = 0; all[from] !== undefined && (all[from]?.length ?? 3) < 3; from++) {
    for (let type = 0; type < TYPES.length; type++) all.push([...(all[from] ?? []), type]);
  }
  return all;
})();

/** Asks the engine how many values an instruction leaves above those that it takes. */
function engineDelta({ bytes }: Sample): number | undefined {
  for (const operands of OPERANDS) {
    for (const results of [0, 1]) {
      const gets = operands.flatMap((type) => [LOCAL_GET, type]);
      const code = [...gets, ...bytes, ...Array<number>(results).fill(DROP)];
      const module = moduleOf({
        ...SAMPLE_MODULE,
        bodies: [
          [0, END],
          [TYPES.length, ...TYPES.flatMap((type) => [1, type]), ...code, END],
        ],
      });
      if (WebAssembly.validate(module)) return results - operands.length;
    }
  }
  return undefined;
}

it("the stack is never taken for lower than it is", () => {
  // Of blocks, branches and calls the effect is in their types.
  const plain = EVERYWHERE.filter(({ before, rest, bytes }) => {
    const [code = 0] = bytes;
    return before === undefined && rest === undefined && (code === 0x0d || code >= 0x1a);
  });
  const found = plain.map((sample) => {
    const reader = new InstructionReader(
      Uint8Array.from([...sample.bytes, ...Array(20).fill(0)]),
      0,
    );
    reader.next();
    return {
      name: sample.name,
      ours: STACK_DELTA[reader.opcode] ?? 0,
      engine: engineDelta(sample),
    };
  });
  const unknown = found.filter(({ engine }) => engine === undefined).map(({ name }) => name);
  expect(unknown).toEqual([]);
  expect(found.filter(({ ours, engine = 0 }) => ours < engine)).toEqual([]);
  // Only arithmetic of vectors is not looked at one by one.
  const guessed = found.filter(({ ours, engine = 0 }) => ours > engine).map(({ name }) => name);
  expect(guessed.filter((name) => !/^[if]\d+x\d+|^v128/.test(name))).toEqual([]);
  expect(found.length).toBeGreaterThan(450);
});
