import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { CallEnding } from "../../src/index.ts";
import { WaitingQueue } from "../../src/wait/waiting-queue.ts";

const BOUNDS = { waitMs: 60_000, runMs: 60_000 };

/** What can happen to a queue: somebody comes, something comes free, the n-th that waits leaves. */
const event = fc.oneof(
  fc.constant({ kind: "wait" } as const),
  fc.constant({ kind: "offer" } as const),
  fc.constant({ kind: "refuse" } as const),
  fc.record({ kind: fc.constant("abort" as const), at: fc.nat(20) }),
);

describe("a waiting queue", () => {
  it("serves whoever waits longest, tells everybody exactly once, and forgets nobody", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(event, { maxLength: 60 }), async (events) => {
        const queue = new WaitingQueue<number>();
        const controllers: AbortController[] = [];
        const outcomes: Promise<string>[] = [];
        const expected: (string | undefined)[] = [];
        let waiting: number[] = [];
        let offers = 0;
        for (const happens of events) {
          const [first] = waiting;
          switch (happens.kind) {
            case "wait": {
              const controller = new AbortController();
              const ending = new CallEnding({ ...BOUNDS, signal: controller.signal });
              const outcome = queue
                .wait(ending, () => new Error(`ended: ${ending.reason}`))
                .then((free) => `got ${free}`)
                .catch((error: Error) => error.message)
                .finally(() => ending[Symbol.dispose]());
              waiting.push(controllers.push(controller) - 1);
              outcomes.push(outcome);
              break;
            }
            case "offer":
              expect(queue.offer(offers)).toBe(first !== undefined);
              if (first !== undefined) expected[first] = `got ${offers}`;
              offers += 1;
              waiting = waiting.slice(1);
              break;
            case "refuse":
              queue.refuse(new Error("refused"));
              if (first !== undefined) expected[first] = "refused";
              waiting = waiting.slice(1);
              break;
            case "abort": {
              const who = waiting[happens.at];
              if (who === undefined) break;
              controllers[who]?.abort();
              expected[who] = "ended: aborted";
              waiting = waiting.filter((other) => other !== who);
            }
          }
          expect(queue.length).toBe(waiting.length);
        }
        queue.end("closed");
        for (const who of waiting) expected[who] = "ended: closed";
        expect(await Promise.all(outcomes)).toEqual(expected);
        expect(queue.length).toBe(0);
      }),
    );
  });
});
