import { describe, expect, it } from "vitest";
import { type Guest, guestWithPages } from "./guest.ts";

const [REALTIME, MONOTONIC, PROCESS_CPU, THREAD_CPU] = [0, 1, 2, 3];
const [INVAL, FAULT] = [28, 21];

function now(guest: Guest, clock: number): bigint {
  expect(guest.call("clock_time_get", clock, 0n, 16)).toBe(0);
  return guest.view().getBigUint64(16, true);
}

describe("the clocks", () => {
  it("tell real time in nanoseconds since 1970", () => {
    const before = BigInt(Date.now()) * 1_000_000n;
    const time = now(guestWithPages(), REALTIME);
    expect(time).toBeGreaterThanOrEqual(before);
    expect(time).toBeLessThanOrEqual(BigInt(Date.now()) * 1_000_000n);
  });

  it("tell a monotonic time that runs in nanoseconds", async () => {
    const guest = guestWithPages();
    const start = now(guest, MONOTONIC);
    const hostStart = process.hrtime.bigint();
    await new Promise((done) => setTimeout(done, 20));
    const hostNs = process.hrtime.bigint() - hostStart;
    const ns = now(guest, MONOTONIC) - start;
    expect(ns).toBeGreaterThanOrEqual(hostNs);
    expect(ns).toBeLessThan(hostNs + 10_000_000_000n);
  });

  it("start the monotonic time with the guest, above zero", () => {
    // The host's own counts from its boot, or from some other time that is its own.
    const made = process.hrtime.bigint();
    const time = now(guestWithPages(), MONOTONIC);
    expect(time).toBeGreaterThan(0n);
    expect(time).toBeLessThanOrEqual(process.hrtime.bigint() - made + 1n);
  });

  it("have a resolution of at least a nanosecond", () => {
    const guest = guestWithPages();
    const resolutions = [REALTIME, MONOTONIC].map((clock) => {
      expect(guest.call("clock_res_get", clock, 16)).toBe(0);
      return guest.view().getBigUint64(16, true);
    });
    expect(resolutions).toEqual([1_000_000n, 1n]);
  });

  it.each([PROCESS_CPU, THREAD_CPU, 4, 2 ** 31 - 1, -1])("do not include clock %i", (clock) => {
    const guest = guestWithPages();
    expect(guest.call("clock_time_get", clock, 0n, 16)).toBe(INVAL);
    expect(guest.call("clock_res_get", clock, 16)).toBe(INVAL);
    expect(guest.bytes().every((byte) => byte === 0xaa)).toBe(true);
  });

  it("store nothing where the eight bytes are not all inside of the memory", () => {
    const guest = guestWithPages();
    expect(guest.call("clock_time_get", REALTIME, 0n, 65_536 - 7)).toBe(FAULT);
    expect(guest.call("clock_res_get", REALTIME, -1)).toBe(FAULT);
    expect(guest.bytes().every((byte) => byte === 0xaa)).toBe(true);
    expect(guest.call("clock_time_get", REALTIME, 0n, 65_536 - 8)).toBe(0);
  });
});
