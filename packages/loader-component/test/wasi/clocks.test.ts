import { describe, expect, it } from "vitest";
import { Guest } from "./guest.ts";

const monotonicNs = (guest: Guest) => guest.call("wasi:clocks/monotonic-clock#now") as bigint;

describe("the clocks", () => {
  it("tell real time in milliseconds since 1970", () => {
    const before = Date.now();
    const time = new Guest().call("wasi:clocks/wall-clock#now");
    const { seconds, nanoseconds } = time as { seconds: bigint; nanoseconds: number };
    expect([typeof seconds, nanoseconds % 1_000_000]).toEqual(["bigint", 0]);
    expect(nanoseconds).toBeLessThan(1_000_000_000);
    const unixMs = Number(seconds) * 1000 + nanoseconds / 1_000_000;
    expect(unixMs).toBeGreaterThanOrEqual(before);
    expect(unixMs).toBeLessThanOrEqual(Date.now());
  });

  it("tell a monotonic time that runs in nanoseconds", async () => {
    const guest = new Guest();
    const start = monotonicNs(guest);
    const hostStart = process.hrtime.bigint();
    await new Promise((done) => setTimeout(done, 20));
    const hostNs = process.hrtime.bigint() - hostStart;
    const ns = monotonicNs(guest) - start;
    expect(ns).toBeGreaterThanOrEqual(hostNs);
    expect(ns).toBeLessThan(hostNs + 10_000_000_000n);
  });

  it("start the monotonic time with the guest, above zero", () => {
    // The host's own counts from its boot, or from some other time that is its own.
    const made = process.hrtime.bigint();
    const time = monotonicNs(new Guest());
    expect(time).toBeGreaterThan(0n);
    expect(time).toBeLessThanOrEqual(process.hrtime.bigint() - made + 1n);
  });

  it("do not tell a guest for how long it waited for its first call", async () => {
    const guest = new Guest();
    await new Promise((done) => setTimeout(done, 20));
    expect(monotonicNs(guest)).toBeLessThan(10_000_000n);
  });

  it("tell their resolution", () => {
    const guest = new Guest();
    expect(guest.call("wasi:clocks/monotonic-clock#resolution")).toBe(1n);
    const resolution = guest.call("wasi:clocks/wall-clock#resolution");
    expect(resolution).toEqual({ seconds: 0n, nanoseconds: 1_000_000 });
  });
});
