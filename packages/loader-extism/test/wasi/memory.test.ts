import { describe, expect, it } from "vitest";
import { Guest, guestWithPages } from "./guest.ts";

const [SUCCESS, FAULT] = [0, 21];

describe("the guest's memory", () => {
  it("is read afresh after it grew", () => {
    const guest = guestWithPages(1);
    expect(guest.call("clock_time_get", 0, 0n, 70_000)).toBe(FAULT);
    guest.memory?.grow(1);
    expect(guest.call("clock_time_get", 0, 0n, 70_000)).toBe(SUCCESS);
    expect(guest.view().getBigUint64(70_000, true)).toBeGreaterThan(0n);
    expect(guest.print(1, "after")).toBe(5);
    expect(guest.written).toEqual([["stdout", "after"]]);
  });

  it("may be another one at every call", () => {
    const guest = new Guest();
    expect(guest.call("clock_time_get", 0, 0n, 0)).toBe(FAULT);
    guest.memory = new WebAssembly.Memory({ initial: 1 });
    expect(guest.call("clock_time_get", 0, 0n, 0)).toBe(SUCCESS);
  });

  it("may grow while the host takes what was written", () => {
    const guest: Guest = guestWithPages(1, { write: () => guest.memory?.grow(1) });
    expect(guest.print(1, "grow")).toBe(4);
    expect(guest.bytes()).toHaveLength(2 * 65_536);
  });

  it.each([
    ["args_get", [0, 0]],
    ["args_sizes_get", [0, 4]],
    ["environ_get", [0, 0]],
    ["environ_sizes_get", [0, 4]],
    ["clock_res_get", [0, 0]],
    ["clock_time_get", [0, 0n, 0]],
    ["fd_fdstat_get", [1, 0]],
    ["fd_filestat_get", [1, 0]],
    ["fd_read", [0, 0, 0, 0]],
    ["fd_write", [1, 0, 0, 0]],
    ["random_get", [0, 0]],
  ] as const)("is what %s needs: a module that exports none is told EFAULT", (name, passed) => {
    expect(new Guest().call(name, ...passed)).toBe(FAULT);
    expect(guestWithPages().call(name, ...passed)).toBe(SUCCESS);
  });

  it("is not what exiting, yielding and closing need", () => {
    const guest = new Guest();
    expect(guest.call("sched_yield")).toBe(SUCCESS);
    expect(guest.call("fd_close", 1)).toBe(SUCCESS);
    expect(() => guest.call("proc_exit", 7)).toThrow("the guest exited with 7");
  });
});
