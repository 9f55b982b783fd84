import { subscribe, unsubscribe } from "node:diagnostics_channel";
import { describe, expect, it } from "vitest";
import type { ThreadEnded, ThreadStarted } from "../../src/index.ts";
import { GuestThread } from "../../src/threads/guest-thread.ts";
import { GuestThreads } from "../../src/threads/guest-threads.ts";

/** Starts a thread, has it end, and says what its events were. */
async function eventsOf(end: (thread: GuestThread) => unknown) {
  const started: ThreadStarted[] = [];
  const ended: ThreadEnded[] = [];
  // What the channels publish is of these types.
  const onStart = (message: unknown) => started.push(message as ThreadStarted);
  const onEnd = (message: unknown) => ended.push(message as ThreadEnded);
  subscribe("uni:thread:start", onStart);
  subscribe("uni:thread:end", onEnd);
  try {
    const thread = new GuestThread(new GuestThreads());
    const [start] = started;
    await new Promise<void>((resolve) => {
      thread.listen({ message: () => resolve(), died: () => {} });
    });
    end(thread);
    await thread.gone;
    return { start, ends: ended.filter((one) => one.thread === start) };
  } finally {
    unsubscribe("uni:thread:start", onStart);
    unsubscribe("uni:thread:end", onEnd);
  }
}

describe("a guest thread", () => {
  it("is told of when it starts, and when its host has ended it", async () => {
    const { start, ends } = await eventsOf((thread) => thread.end());
    expect(start?.threadId).toBeGreaterThan(0);
    expect(ends).toEqual([{ thread: start, durationMs: expect.any(Number), reason: "ended" }]);
    for (const event of [start, ...ends]) expect(Object.isFrozen(event)).toBe(true);
  });

  it("is told of when it died by itself", async () => {
    // An answer to nothing is what no thread goes on after.
    const { ends } = await eventsOf((thread) => thread.post({ kind: "refused" }));
    expect(ends.map(({ reason }) => reason)).toEqual(["died"]);
  });
});
