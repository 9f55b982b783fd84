import { batchOf } from "../../batches/batch-of.ts";
import { BUMP, END_CODES, ENDS, STEERED } from "../../guests/counting.ts";
import { expectCodes, expectEqual } from "../expect.ts";
import { tick } from "../host-function.ts";
import type { LoaderCheck } from "../loader-check.ts";
import { answersOf, refusals } from "../subject.ts";

const ONE = batchOf([[7]]);
const DEADLINE_MS = 100;

export const FRESHNESS: readonly LoaderCheck[] = [
  {
    id: "fresh.every-call",
    title: "every call gets a guest that nothing has run in, one by one and side by side",
    scenarios: [BUMP],
    run: async (subject) => {
      const { scalar } = await subject.load(BUMP);
      for (let i = 0; i < 3; i++) {
        expectEqual("the counts of two calls", await answersOf(scalar, ONE), [[1], [1]]);
      }
      const together = await Promise.all(Array.from({ length: 8 }, () => scalar.invoke(ONE)));
      const counts = together.map((answer) => [...answer]);
      expectEqual("the counts of eight calls at once", counts, Array(8).fill([1]));
    },
  },
  ...(["trap", "error", "timeout", "garbage"] as const).map(
    (end): LoaderCheck => ({
      id: `fresh.after-${end}`,
      title: `a call after one that ended by ${end} gets a fresh guest`,
      scenarios: [STEERED],
      run: async (subject) => {
        let next: number = ENDS[end];
        const hostFunctions = [tick(() => new Uint8Array(next))];
        const { scalar } = await subject.load(STEERED, {}, { hostFunctions });
        const options = { timeoutMs: end === "timeout" ? DEADLINE_MS : 10_000 };
        expectCodes(await refusals(scalar, ONE, options), END_CODES[end]);
        next = ENDS.answer;
        expectEqual("the counts afterwards", await answersOf(scalar, ONE), [[1], [1]]);
      },
    }),
  ),
  {
    id: "fresh.counted",
    title: "the pool counts every guest of a call as made, and none as used again",
    scenarios: [BUMP],
    run: async (subject) => {
      const loaded = await subject.load(BUMP);
      await answersOf(loaded.scalar, ONE);
      await loaded.idle();
      const { hits, misses, live } = loaded.plugin.pool.metrics;
      expectEqual(
        "the counters after two calls",
        { hits, misses, live },
        { hits: 0, misses: 2, live: 0 },
      );
    },
  },
];
