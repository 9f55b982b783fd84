import { touchedProcess, usedBySources } from "@uni/loader-tests";
import { describe, expect, it } from "vitest";
import { WASI } from "../../src/wasi/wasi.ts";
import { Guest, GuestExit, Refusal } from "./guest.ts";

const NAMES = [...WASI].flatMap(([name, functions]) =>
  Object.keys(functions).map((imported) => `${name}#${imported}`),
);

/** Arguments of the types that a function's signature names. */
function argumentsOf(guest: Guest, name: string): unknown[] {
  const [from = "", imported = ""] = name.split("#");
  const signature = WASI.get(from)?.[imported]?.signature ?? "";
  const samples: Record<string, () => unknown> = {
    "borrow<input-stream>": () => guest.stdin(),
    "borrow<output-stream>": () => guest.stdout(),
    "borrow<pollable>": () => guest.call("wasi:clocks/monotonic-clock#subscribe-instant", 0n),
    "borrow<error>": () => ({}),
    "list<u8>": () => new Uint8Array(0),
    "list<borrow<pollable>>": () => [],
    result: () => ({ tag: "err" }),
    u8: () => 3,
    u64: () => 0n,
  };
  const [, parameters = ""] = /^func\(([^)]*)\)/.exec(signature) ?? [];
  return parameters === "" ? [] : parameters.split(", ").map((type) => samples[type]?.());
}

describe("a guest", () => {
  it("reaches nothing of the host's process", () => {
    const ended: string[] = [];
    const touched = touchedProcess(() => {
      const guest = new Guest();
      for (const name of NAMES) {
        try {
          guest.call(name, ...argumentsOf(guest, name));
        } catch (error) {
          expect(error instanceof GuestExit || error instanceof Refusal).toBe(true);
          ended.push(name);
        }
      }
    });
    expect(touched).toEqual([]);
    // Of no bytes each is fine; an exit is one, and a list of no pollables is refused.
    expect(ended.sort()).toEqual([
      "wasi:cli/exit#exit",
      "wasi:cli/exit#exit-with-code",
      "wasi:io/poll#poll",
    ]);
  });

  it("is served by sources that import nothing of Node.js and use little of it", () => {
    expect(usedBySources(new URL("../../src/wasi/", import.meta.url))).toEqual({
      modules: ["@uni/wasm-rt/guest"],
      ofProcess: ["hrtime"],
      escapes: [],
    });
  });
});

describe("two guests", () => {
  it("do not complete each other's characters", () => {
    const [one, two] = [new Guest(), new Guest()];
    const euro = new TextEncoder().encode("€");
    one.print(one.stdout(), euro.subarray(0, 2));
    two.print(two.stdout(), euro.subarray(2));
    one.print(one.stdout(), euro.subarray(2));
    expect(one.written).toEqual([["stdout", "€"]]);
    expect(two.written).toEqual([["stdout", "\ufffd"]]);
  });

  it("have streams, permits and pollables of their own", () => {
    const [one, two] = [new Guest(), new Guest()];
    expect(one.stdin()).not.toBe(two.stdin());
    expect(one.stdout()).not.toBe(two.stdout());
    one.stream("output-stream.check-write", one.stdout());
    const write = () => two.stream("output-stream.write", two.stdout(), Uint8Array.of(0x61));
    expect(write).toThrow(Refusal);
    const ready = (guest: Guest) => guest.call("wasi:clocks/monotonic-clock#subscribe-instant", 0n);
    expect(ready(one)).not.toBe(ready(two));
  });

  it("have clocks that began at their own times", async () => {
    const now = (guest: Guest) => guest.call("wasi:clocks/monotonic-clock#now") as bigint;
    const one = new Guest();
    now(one);
    await new Promise((done) => setTimeout(done, 20));
    const two = new Guest();
    const [oneNs, twoNs] = [now(one), now(two)];
    expect(oneNs - twoNs).toBeGreaterThan(10_000_000n);
  });

  it("get lists that the other cannot change", () => {
    const [one, two] = [new Guest(), new Guest()];
    for (const name of ["get-environment", "get-arguments"]) {
      const list = one.call(`wasi:cli/environment#${name}`) as unknown[];
      list.push("seen");
      expect(two.call(`wasi:cli/environment#${name}`)).toEqual([]);
    }
  });
});
