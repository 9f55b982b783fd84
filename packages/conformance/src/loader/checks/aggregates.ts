import type { Accumulator } from "@uni/plugin";
import { decodeBatch } from "@uni/wasm-rt";
import { batchOf } from "../../batches/batch-of.ts";
import { secretBatch } from "../../batches/secret-batch.ts";
import { shown } from "../../check.ts";
import { expectCode, expectCodes, expectEqual, expectFnCode } from "../expect.ts";
import { Gate, tick } from "../host-function.ts";
import type { LoaderCheck } from "../loader-check.ts";
import { later, patiently } from "../patience.ts";
import { refused } from "../subject.ts";
import {
  FAILING,
  TELLING,
  TELLS_SECRET,
  TRAPPING,
  WRITING,
  WRONG_TYPE,
} from "./aggregate-guests.ts";

const ROWS = batchOf([[1, 2]]);
const DEADLINE_MS = 100;

/** The column that a guest was given, or why it is none. */
function columnOf(stream: Uint8Array): unknown {
  try {
    const batch = decodeBatch(stream);
    const [field] = batch?.schema.fields ?? [];
    return [field?.name, String(field?.type), [...(batch?.getChildAt(0) ?? [])]];
  } catch (error) {
    // Thrown here, it would be an error of the host.
    return `no Arrow IPC stream (give the batch alone, without the state of the envelope): ${shown(error)}`;
  }
}

const letters = (accumulator: Accumulator): string => new TextDecoder().decode(accumulator.state());

export const AGGREGATES: readonly LoaderCheck[] = [
  {
    id: "aggregate.steps",
    title: "an aggregate's steps follow each other, awaited or not, each in a guest of its own",
    scenarios: [WRITING],
    run: async (subject) => {
      const { aggregate } = await subject.load(WRITING);
      const accumulator = aggregate.createAccumulator();
      const other = aggregate.createAccumulator();
      const updates = [accumulator.update(ROWS), accumulator.update(ROWS)].map(later);
      await Promise.all([...updates, accumulator.merge([other.state()])]);
      expectEqual("the state", letters(accumulator), "nuum");
      expectEqual("the value", await accumulator.evaluate(), 4);
      expectEqual("the state of one that saw nothing", letters(other), "n");
    },
  },
  {
    id: "aggregate.steps-sync",
    title: "an aggregate's steps run at once as well",
    scenarios: [WRITING],
    run: async (subject) => {
      const { aggregate } = await subject.load(WRITING);
      const accumulator = aggregate.createAccumulator();
      accumulator.updateSync(ROWS);
      accumulator.mergeSync([accumulator.state()]);
      expectEqual("the state", letters(accumulator), "num");
      expectEqual("the value", accumulator.evaluateSync(), 3);
    },
  },
  {
    id: "aggregate.input",
    title: "update gets rows as a function does, and merge one Binary column partial_state",
    scenarios: [TELLING],
    run: async (subject) => {
      const told: unknown[] = [];
      const hear = tick((stream) => {
        told.push(columnOf(stream));
        return new Uint8Array(0);
      });
      const { aggregate } = await subject.load(TELLING, {}, { hostFunctions: [hear] });
      const accumulator = aggregate.createAccumulator();
      await accumulator.update(ROWS);
      await accumulator.merge([Uint8Array.of(1), Uint8Array.of(2, 3)]);
      expectEqual("what the guests got", told, [
        ["arg0", "Float64", [1, 2]],
        ["partial_state", "Binary", [Uint8Array.of(1), Uint8Array.of(2, 3)]],
      ]);
    },
  },
  {
    id: "aggregate.error",
    title: "a step that fails leaves the state as it was",
    scenarios: [FAILING],
    run: async (subject) => {
      const { aggregate } = await subject.load(FAILING);
      const accumulator = aggregate.createAccumulator();
      expectEqual("the state before", letters(accumulator), "n");
      expectFnCode(await refused(accumulator.update(ROWS), "update to fail"), 7);
      expectEqual("the state after it", letters(accumulator), "n");
    },
  },
  {
    id: "aggregate.trap",
    title: "a step that traps is an error TRAP, and those after it go on from the state before",
    scenarios: [TRAPPING],
    run: async (subject) => {
      const { aggregate } = await subject.load(TRAPPING);
      const accumulator = aggregate.createAccumulator();
      const update = refused(accumulator.update(ROWS), "update to fail");
      const merge = later(accumulator.merge([Uint8Array.of(1)]));
      expectCode(await update, "TRAP");
      await merge;
      expectEqual("the state", letters(accumulator), "nm");
    },
  },
  {
    id: "aggregate.deadline",
    title: "a step ends by its own deadline, also while it waits for those before it",
    scenarios: [TELLING],
    isolations: ["thread"],
    run: async (subject) => {
      const gate = new Gate();
      const hostFunctions = [tick(gate.call)];
      const { aggregate } = await subject.load(TELLING, {}, { hostFunctions });
      const accumulator = aggregate.createAccumulator();
      const first = later(accumulator.update(ROWS));
      await gate.holds(1, first);
      const second = accumulator.update(ROWS, { timeoutMs: DEADLINE_MS });
      const refusal = refused(second, "the step that waits to be refused");
      expectCode(await patiently("the step that waits to end", refusal), "TIMEOUT");
      gate.open();
      await first;
      await accumulator.update(ROWS);
      expectEqual("the state", letters(accumulator), "nuu");
    },
  },
  {
    id: "aggregate.type",
    title: "a value of another type is refused with OUTPUT_DECODE",
    scenarios: [WRONG_TYPE],
    run: async (subject) => {
      const { aggregate } = await subject.load(WRONG_TYPE);
      const accumulator = aggregate.createAccumulator();
      expectCode(await refused(accumulator.evaluate(), "evaluate to be refused"), "OUTPUT_DECODE");
    },
  },
  {
    id: "aggregate.secret",
    title: "rows and values that are tagged as a secret are refused with IPC",
    scenarios: [TELLS_SECRET],
    run: async (subject) => {
      const { aggregate } = await subject.load(TELLS_SECRET);
      const accumulator = aggregate.createAccumulator();
      const secret = secretBatch();
      const updates = [
        await refused(accumulator.update(secret), "update to be refused"),
        await refused(() => accumulator.updateSync(secret), "updateSync to be refused"),
      ];
      expectCodes(updates, "IPC", /key/);
      expectEqual("the state", letters(accumulator), "n");
      const values = [
        await refused(accumulator.evaluate(), "evaluate to be refused"),
        await refused(() => accumulator.evaluateSync(), "evaluateSync to be refused"),
      ];
      expectCodes(values, "IPC", /key/);
    },
  },
];
