import { describe, expect, it } from "vitest";
import { Guest, Refusal } from "./guest.ts";

const HOUR_NS = 3_600_000_000_000n;
const CLOCK = "wasi:clocks/monotonic-clock";

const ready = (guest: Guest, pollable: unknown) =>
  guest.call("wasi:io/poll#[method]pollable.ready", pollable);
const block = (guest: Guest, pollable: unknown) =>
  guest.call("wasi:io/poll#[method]pollable.block", pollable);
const poll = (guest: Guest, ...pollables: unknown[]) => guest.call("wasi:io/poll#poll", pollables);

const after = (guest: Guest, ns: bigint) => guest.call(`${CLOCK}#subscribe-duration`, ns);
const at = (guest: Guest, ns: bigint) => guest.call(`${CLOCK}#subscribe-instant`, ns);
const soon = (guest: Guest) => at(guest, (guest.call(`${CLOCK}#now`) as bigint) + 20_000_000n);

describe("what a guest can wait for", () => {
  it.each([
    ["its input", (guest: Guest) => guest.stream("input-stream.subscribe", guest.stdin())],
    ["its output", (guest: Guest) => guest.stream("output-stream.subscribe", guest.stdout())],
    ["no time", (guest: Guest) => after(guest, 0n)],
    ["a time that has passed", (guest: Guest) => at(guest, guest.call(`${CLOCK}#now`) as bigint)],
    ["the beginning of its time", (guest: Guest) => at(guest, 0n)],
  ])("is ready at once: %s", (_what, subscribe) => {
    const guest = new Guest();
    const pollable = subscribe(guest);
    expect(ready(guest, pollable)).toBe(true);
    expect(block(guest, pollable)).toBeUndefined();
    expect(poll(guest, pollable)).toEqual([0]);
  });

  it("is another thing every time, which the guest may give back", () => {
    const guest = new Guest();
    const stdout = guest.stdout();
    const subscribe = () => guest.stream("output-stream.subscribe", stdout);
    expect(subscribe()).not.toBe(subscribe());
  });

  it("is named by its places in the list", () => {
    const guest = new Guest();
    const later = after(guest, HOUR_NS);
    expect(poll(guest, later, after(guest, 0n), later, at(guest, 1n), later)).toEqual([1, 3]);
  });

  it("is a duration from when the guest asked for it, not from its start", async () => {
    const guest = new Guest();
    guest.call(`${CLOCK}#now`);
    await new Promise((done) => setTimeout(done, 20));
    const start = process.hrtime.bigint();
    const pollable = after(guest, 10_000_000n);
    const early = ready(guest, pollable);
    // A machine that does other work may have slept through it.
    if (process.hrtime.bigint() - start < 10_000_000n) expect(early).toBe(false);
  });

  it("becomes ready as time goes by", async () => {
    const guest = new Guest();
    const pollables = [soon(guest), after(guest, 20_000_000n)];
    expect(pollables.map((pollable) => ready(guest, pollable))).toEqual([false, false]);
    await new Promise((done) => setTimeout(done, 40));
    expect(poll(guest, ...pollables)).toEqual([0, 1]);
  });
});

describe("a guest that sleeps", () => {
  it.each([
    ["an hour", HOUR_NS],
    ["for ever", 2n ** 64n - 1n],
  ])("for %s is ended at once", (_what, ns) => {
    const guest = new Guest();
    const start = performance.now();
    for (const pollable of [after(guest, ns), at(guest, ns)]) {
      expect(ready(guest, pollable)).toBe(false);
      expect(() => block(guest, pollable)).toThrow(/plugin cannot sleep/);
      expect(() => poll(guest, pollable, pollable)).toThrow(Refusal);
    }
    expect(performance.now() - start).toBeLessThan(5000);
  });

  it("on nothing at all is ended", () => {
    expect(() => poll(new Guest())).toThrow("no pollable to wait for");
  });
});
