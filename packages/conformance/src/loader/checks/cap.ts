import type { UniError } from "@uni/plugin";
import { batchOf } from "../../batches/batch-of.ts";
import { fail } from "../../check.ts";
import { ENDS, STEERED } from "../../guests/counting.ts";
import { expectCode, expectEqual } from "../expect.ts";
import { Gate, tick } from "../host-function.ts";
import type { LoaderCheck } from "../loader-check.ts";
import { answersOf, refusals, refused } from "../subject.ts";

const ONE = batchOf([[7]]);
const MOST = 3;
const CALLS = 12;
const DEADLINE_MS = 100;

export const CAP: readonly LoaderCheck[] = [
  {
    id: "cap.held",
    title: "never more guests are live than the pool allows, and calls beyond wait their turn",
    scenarios: [STEERED],
    isolations: ["thread"],
    run: async (subject) => {
      const gate = new Gate();
      let most = 0;
      const watched = tick(() => {
        most = Math.max(most, loaded.live);
        return gate.call();
      });
      const loaded = await subject.load(
        STEERED,
        { pool: { maxInstances: MOST } },
        { hostFunctions: [watched] },
      );
      const calls = Array.from({ length: CALLS }, () => loaded.scalar.invoke(ONE));
      await gate.holds(1);
      gate.open();
      const counts = (await Promise.all(calls)).map((answer) => [...answer]);
      expectEqual("every call to be answered", counts, Array(CALLS).fill([1]));
      if (most < 1 || most > MOST) fail(`1 to ${MOST} guests to be live at once`, most);
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
      await gate.holds(1);
      const second = loaded.scalar.invoke(ONE);
      const third = await refused(loaded.scalar.invoke(ONE), "the third call to be refused");
      expectCode(third, "RESOURCE_LIMIT");
      gate.open();
      const counts = [[...(await first)], [...(await second)]];
      expectEqual("the others to be answered", counts, [[1], [1]]);
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
        for (let i = 0; i < 2; i++) {
          if (end === "answer") await answersOf(loaded.scalar, ONE, options);
          else await refusals(loaded.scalar, ONE, options);
          await loaded.idle();
        }
        next = ENDS.answer;
        expectEqual("the calls afterwards", await answersOf(loaded.scalar, ONE), [[1], [1]]);
      },
    }),
  ),
];
