import { UniError } from "@uni/plugin";
import type { Vector } from "apache-arrow";
import { batchOf } from "../../batches/batch-of.ts";
import { fail } from "../../check.ts";
import { END_CODES, ENDS, STEERED } from "../../guests/counting.ts";
import { expectCode, expectEqual } from "../expect.ts";
import { Gate, tick } from "../host-function.ts";
import type { LoaderCheck } from "../loader-check.ts";
import { later, MOMENT_MS, pause } from "../patience.ts";
import { refused } from "../subject.ts";

const ONE = batchOf([[7]]);
const MOST = 3;
const CALLS = 12;
const DEADLINE_MS = 100;
const WAIT_MS = 1000;

const rowsOf = (answers: readonly Vector[]): number[] => answers.map(({ length }) => length);

/** What comes of the call is what the checks of fresh guests ask. */
async function expectAdmitted(call: () => Promise<unknown>): Promise<void> {
  const ended = await call().catch((error: unknown) => error);
  if (ended instanceof UniError && ended.code === "RESOURCE_LIMIT") {
    fail("a guest for the call afterwards", ended);
  }
}

export const CAP: readonly LoaderCheck[] = [
  {
    id: "cap.held",
    title: "never more guests are live than the pool allows, and calls beyond wait their turn",
    scenarios: [STEERED],
    isolations: ["thread"],
    run: async (subject) => {
      const gate = new Gate();
      const loaded = await subject.load(
        STEERED,
        { pool: { maxInstances: MOST } },
        { hostFunctions: [tick(gate.call)] },
      );
      const calls = Promise.all(Array.from({ length: CALLS }, () => loaded.scalar.invoke(ONE)));
      await gate.holds(1, calls);
      await pause(MOMENT_MS);
      const { queued } = loaded.plugin.stats();
      expectEqual(
        "the guests that are live, and the calls that wait",
        { live: loaded.live, queued },
        { live: MOST, queued: CALLS - MOST },
      );
      if (gate.held > MOST) fail(`at most ${MOST} guests to run at once`, gate.held);
      gate.open();
      expectEqual("the answers", rowsOf(await calls), Array(CALLS).fill(1));
    },
  },
  {
    id: "cap.at-once",
    title: "a call that cannot wait is refused with RESOURCE_LIMIT where the pool is full",
    scenarios: [STEERED],
    run: async (subject) => {
      const refusedInside: UniError[] = [];
      let inside = false;
      const nested = tick(() => {
        if (inside) return new Uint8Array(0);
        inside = true;
        try {
          loaded.scalar.invokeSync(ONE);
        } catch (error) {
          // What is no UniError fails the check below by its code.
          refusedInside.push(error as UniError);
        }
        inside = false;
        return new Uint8Array(0);
      });
      const loaded = await subject.load(
        STEERED,
        { pool: { maxInstances: 1 } },
        { hostFunctions: [nested] },
      );
      expectEqual("the call around it", [...(await loaded.scalar.invoke(ONE))], [1]);
      const [error] = refusedInside;
      if (error === undefined) fail("a call beyond the cap to be refused", "an answer");
      expectCode(error, "RESOURCE_LIMIT");
    },
  },
  {
    id: "cap.queue",
    title: "calls wait up to the limit of the queue, and one more is refused with RESOURCE_LIMIT",
    scenarios: [STEERED],
    isolations: ["thread"],
    run: async (subject) => {
      const gate = new Gate();
      const options = { pool: { maxInstances: 1 }, limits: { queuedCalls: 1 } };
      const loaded = await subject.load(STEERED, options, { hostFunctions: [tick(gate.call)] });
      const first = loaded.scalar.invoke(ONE);
      await gate.holds(1, first);
      const second = later(loaded.scalar.invoke(ONE));
      // One that waits all the same does not wait for ever.
      const third = loaded.scalar.invoke(ONE, { timeoutMs: WAIT_MS });
      expectCode(await refused(third, "the third call to be refused"), "RESOURCE_LIMIT");
      gate.open();
      expectEqual("the rows of the others", rowsOf(await Promise.all([first, second])), [1, 1]);
    },
  },
  ...(["answer", "trap", "error", "timeout", "garbage"] as const).map(
    (end): LoaderCheck => ({
      id: `cap.freed-after-${end}`,
      title: `a call that ended by ${end} counts no longer`,
      scenarios: [STEERED],
      run: async (subject) => {
        let next: number = ENDS[end];
        const loaded = await subject.load(
          STEERED,
          { pool: { maxInstances: 1 } },
          { hostFunctions: [tick(() => new Uint8Array(next))] },
        );
        const options = { timeoutMs: end === "timeout" ? DEADLINE_MS : 10_000 };
        const calls = [
          () => loaded.scalar.invoke(ONE, options),
          async () => loaded.scalar.invokeSync(ONE, options),
        ];
        for (const call of [...calls, ...calls]) {
          if (end === "answer") await call();
          else expectCode(await refused(call(), "the call to be refused"), END_CODES[end]);
          await loaded.idle();
        }
        next = ENDS.answer;
        for (const call of calls) await expectAdmitted(call);
      },
    }),
  ),
];
