import { describe, expect, it } from "vitest";
import { Guest, Refusal } from "./guest.ts";

const OK = { tag: "ok" };
const utf8 = (text: string) => new TextEncoder().encode(text);

/** The ways to write `n` bytes: each text is `n` of one character. */
const WRITES: [name: string, write: (guest: Guest, to: unknown, n: number) => unknown][] = [
  ["write", (guest, to, n) => guest.stream("output-stream.write", to, utf8("x".repeat(n)))],
  ["write-zeroes", (guest, to, n) => guest.stream("output-stream.write-zeroes", to, BigInt(n))],
];
const BLOCKING: typeof WRITES = [
  [
    "blocking-write-and-flush",
    (guest, to, n) =>
      guest.stream("output-stream.blocking-write-and-flush", to, utf8("x".repeat(n))),
  ],
  [
    "blocking-write-zeroes-and-flush",
    (guest, to, n) => guest.stream("output-stream.blocking-write-zeroes-and-flush", to, BigInt(n)),
  ],
];

describe("what a guest writes", () => {
  it("goes to stdout and to stderr, at once", () => {
    const guest = new Guest();
    guest.print(guest.stdout(), "out\n");
    guest.print(guest.stderr(), "err\n");
    expect(guest.written).toEqual([
      ["stdout", "out\n"],
      ["stderr", "err\n"],
    ]);
  });

  it("goes there by permit and flush as well", () => {
    const guest = new Guest();
    const stdout = guest.stdout();
    guest.stream("output-stream.check-write", stdout);
    expect(guest.stream("output-stream.write", stdout, utf8("hello"))).toEqual(OK);
    expect(guest.stream("output-stream.flush", stdout)).toEqual(OK);
    expect(guest.stream("output-stream.blocking-flush", stdout)).toEqual(OK);
    expect(guest.written).toEqual([["stdout", "hello"]]);
  });

  it("is put together where characters come in parts, for each output alone", () => {
    const guest = new Guest();
    const [euro, grin] = [utf8("€"), utf8("😀")];
    guest.print(guest.stdout(), euro.subarray(0, 1));
    guest.print(guest.stderr(), grin.subarray(0, 3));
    expect(guest.written).toEqual([]);
    // Rust's standard library takes another handle for every write.
    guest.print(guest.stdout(), euro.subarray(1));
    guest.print(guest.stderr(), grin.subarray(3));
    expect(guest.written).toEqual([
      ["stdout", "€"],
      ["stderr", "😀"],
    ]);
  });

  it("is not cut where a guest flushes inside of a character", () => {
    const guest = new Guest();
    const stdout = guest.stdout();
    guest.print(stdout, utf8("€").subarray(0, 2));
    guest.stream("output-stream.blocking-flush", stdout);
    guest.print(stdout, utf8("€").subarray(2));
    guest.wasi.end();
    expect(guest.written).toEqual([["stdout", "€"]]);
  });

  it("shows a character whose end never came once the guest has ended, and only once", () => {
    const guest = new Guest();
    guest.print(guest.stdout(), Uint8Array.of(0x61, 0xe2, 0x82));
    guest.print(guest.stderr(), Uint8Array.of(0xf0));
    guest.wasi.end();
    guest.wasi.end();
    expect(guest.written).toEqual([
      ["stdout", "a"],
      ["stdout", "\ufffd"],
      ["stderr", "\ufffd"],
    ]);
  });

  it("is nothing for a guest that wrote nothing", () => {
    const guest = new Guest();
    guest.print(guest.stdout(), "");
    guest.wasi.end();
    expect(guest.written).toEqual([]);
  });

  it.each([...WRITES, ...BLOCKING])("by %s is as long as it says", (name, write) => {
    const guest = new Guest();
    const stdout = guest.stdout();
    guest.stream("output-stream.check-write", stdout);
    expect(write(guest, stdout, 3)).toEqual(OK);
    expect(guest.written).toEqual([["stdout", name.includes("zeroes") ? "\0\0\0" : "xxx"]]);
  });
});

describe.each(WRITES)("%s", (_name, write) => {
  it("takes the 64 KiB that check-write permits, in one or more parts", () => {
    const guest = new Guest();
    const stdout = guest.stdout();
    for (const parts of [[65_536], [1, 65_535], [65_536, 0]]) {
      expect(guest.stream("output-stream.check-write", stdout)).toEqual({ ...OK, value: 65_536n });
      for (const part of parts) expect(write(guest, stdout, part)).toEqual(OK);
    }
    expect(guest.written.map(([, text]) => text).join("")).toHaveLength(3 * 65_536);
  });

  it("ends a guest that goes beyond its permit, and writes nothing of that", () => {
    const guest = new Guest();
    const stdout = guest.stdout();
    expect(() => write(guest, stdout, 1)).toThrow(Refusal);
    guest.stream("output-stream.check-write", stdout);
    guest.stream("output-stream.check-write", stdout);
    expect(() => write(guest, stdout, 65_537)).toThrow(Refusal);
    write(guest, stdout, 65_536);
    guest.written.length = 0;
    expect(() => write(guest, stdout, 1)).toThrow(
      /1 bytes for stdout, where check-write permits 0$/,
    );
    expect(guest.written).toEqual([]);
  });

  it("has a permit of its own for every stream", () => {
    const guest = new Guest();
    guest.stream("output-stream.check-write", guest.stdout());
    expect(() => write(guest, guest.stderr(), 1)).toThrow(Refusal);
    expect(() => write(guest, guest.stdout(), 1)).toThrow(Refusal);
  });
});

describe.each(BLOCKING)("%s", (name, write) => {
  it("takes 4,096 bytes without a permit, and no more", () => {
    const guest = new Guest();
    expect(write(guest, guest.stdout(), 4096)).toEqual(OK);
    expect(() => write(guest, guest.stdout(), 4097)).toThrow(
      `${name} was given 4097 bytes; it takes at most 4096`,
    );
    expect(guest.written.map(([, text]) => text.length)).toEqual([4096]);
  });
});

it("refuses to allocate as many zeroes as a guest names", () => {
  const guest = new Guest();
  const stdout = guest.stdout();
  guest.stream("output-stream.check-write", stdout);
  for (const method of ["write-zeroes", "blocking-write-zeroes-and-flush"]) {
    const call = () => guest.stream(`output-stream.${method}`, stdout, 2n ** 64n - 1n);
    expect(call).toThrow(/18446744073709551615 bytes/);
  }
});
