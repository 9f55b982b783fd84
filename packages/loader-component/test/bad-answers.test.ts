import type { ComponentBehaviour } from "@uni/fixtures";
import { batchOf, FLOAT64, refusedBothWays } from "@uni/loader-tests";
import { FnError, type UniError } from "@uni/plugin";
import { encodeBatch, encodeBatches } from "@uni/wasm-rt";
import { Float32 } from "apache-arrow";
import { describe, expect, it } from "vitest";
import { doubles } from "./batch-of.ts";
import { loadCanned } from "./canned.ts";

const two = doubles([1, 2]);
const output = (bytes: Uint8Array): ComponentBehaviour => ({ kind: "output", bytes });

/** What a call over two rows is refused with, awaited and at once; its slot is free again then. */
async function refusalOf(behaviour: ComponentBehaviour): Promise<UniError> {
  const { plugin, scalar } = await loadCanned(behaviour);
  const [awaited, thrown] = await refusedBothWays(scalar, two);
  expect([thrown.code, thrown.message]).toEqual([awaited.code, awaited.message]);
  expect(plugin.pool.metrics).toEqual({ hits: 0, misses: 2, exhausted: 0, live: 0 });
  return awaited;
}

describe.concurrent("an answer", () => {
  const cases: [string, Uint8Array, string, RegExp][] = [
    [
      "of too few rows",
      encodeBatch(doubles([1])),
      "OUTPUT_DECODE",
      /ai\.example\.canned\.f returned 1 rows for 2; a scalar function returns one row per input row/,
    ],
    [
      "of another type",
      encodeBatch(batchOf([[1, 2], new Float32()])),
      "OUTPUT_DECODE",
      /a column of type Float32; its signature says Float64/,
    ],
    ["of two batches", encodeBatches([two, two]), "IPC", /at most one record batch/],
    ["that is not Arrow", new TextEncoder().encode('{"result":[1,2]}'), "IPC", /Arrow IPC stream/],
    ["of no bytes", new Uint8Array(), "IPC", /expected an Arrow IPC stream, got 0 bytes/],
  ];
  for (const [what, bytes, code, message] of cases) {
    it(`${what} is refused, with what was expected and what came`, async () => {
      const error = await refusalOf(output(bytes));
      expect([error.name, error.code]).toEqual(["ComponentError", code]);
      expect(error.message).toMatch(message);
    });
  }

  it("is null where an argument is, whatever the guest wrote there", async () => {
    const { scalar } = await loadCanned(output(encodeBatch(doubles([10, 20, 30]))));
    expect([...(await scalar.invoke(doubles([1, null, 3])))]).toEqual([10, null, 30]);
    const signature = { args: [FLOAT64], returns: FLOAT64, null_handling: "user_handled" };
    const handling = await loadCanned(output(encodeBatch(doubles([10, 20, 30]))), { signature });
    expect([...handling.scalar.invokeSync(doubles([1, null, 3]))]).toEqual([10, 20, 30]);
  });

  it("is a copy, and so are the arguments", async () => {
    const { scalar } = await loadCanned({ kind: "echo" });
    const first = await scalar.invoke(two);
    const second = scalar.invokeSync(doubles([8, 9]));
    expect([...first, ...second, ...(two.getChildAt(0) ?? [])]).toEqual([1, 2, 8, 9, 1, 2]);
  });
});

describe.concurrent("a function's own error", () => {
  it("reaches the caller with its code, its message and whether to try again", async () => {
    for (const retryable of [true, false]) {
      const error = await refusalOf({
        kind: "err",
        code: 0xffff_ffff,
        message: "latitude über 90",
        retryable,
      });
      expect(error).toBeInstanceOf(FnError);
      expect(error).toMatchObject({
        code: "FN_ERROR",
        fnCode: 0xffff_ffff,
        message: "latitude über 90",
        retryable,
      });
    }
  });

  it("may have the code 0 and no message, and is an error all the same", async () => {
    const error = await refusalOf({ kind: "err", code: 0, message: "" });
    const message = "invoke-scalar failed with code 0 and set no error message";
    expect(error).toMatchObject({ name: "FnError", fnCode: 0, message, retryable: false });
  });

  it("may be retried where its flag is anything but zero", async () => {
    // CanonicalABI.md, convert_int_to_bool: every other integer is true.
    const error = await refusalOf({ kind: "errFlag", code: 1, retryable: 2 });
    expect(error).toMatchObject({ name: "FnError", retryable: true });
  });
});

describe.concurrent("a result that breaks the canonical ABI", () => {
  const cases: [string, ComponentBehaviour, string, RegExp][] = [
    ["is neither ok nor err", { kind: "tag", tag: 2 }, "TRAP", /2 is no case of ok, err/],
    ["is no case at all", { kind: "tag", tag: 255 }, "TRAP", /255 is no case/],
    [
      "is a list that ends outside of memory",
      { kind: "range", start: 65_000, length: 10_000_000 },
      "TRAP",
      /10000000 bytes at 65000 are outside of the guest's memory/,
    ],
    [
      "is a list that begins outside of memory",
      { kind: "range", start: 0x8000_0000, length: 1 },
      "TRAP",
      /1 bytes at 2147483648 are outside/,
    ],
    [
      "is a list whose end wraps around",
      { kind: "range", start: 0xffff_ffff, length: 0xffff_ffff },
      "TRAP",
      /outside of the guest's memory/,
    ],
    ["lies at an odd address", { kind: "misaligned" }, "TRAP", /is not aligned/],
    [
      "lies outside of memory",
      { kind: "address", address: -4 },
      "TRAP",
      /at 4294967292 are outside/,
    ],
    [
      "lies partly outside of memory",
      { kind: "address", address: 2 ** 24 - 8 },
      "TRAP",
      /20 bytes at 16777208 are outside/,
    ],
    [
      "is an error whose message is no text",
      { kind: "errBytes", code: 3, message: Uint8Array.of(0xc3, 0x28) },
      "TRAP",
      /is not UTF-8/,
    ],
  ];
  for (const [what, behaviour, code, message] of cases) {
    it(`ends the call: it ${what}`, async () => {
      const error = await refusalOf(behaviour);
      expect([error.name, error.code]).toEqual(["ComponentError", code]);
      expect(error.message).toMatch(message);
      expect(error.message).toMatch(/^invoke-scalar: /);
    });
  }
});

describe.concurrent("a trap", () => {
  it("is an error that says why, with the engine's own as its cause", async () => {
    const error = await refusalOf({ kind: "trap" });
    expect(error).toMatchObject({
      name: "ComponentError",
      code: "TRAP",
      message: "invoke-scalar trapped: unreachable",
    });
    expect(error.cause).toBeInstanceOf(WebAssembly.RuntimeError);
  });

  it("by stack overflow is one too", async () => {
    const error = await refusalOf({ kind: "recurse" });
    expect([error.name, error.code]).toEqual(["ComponentError", "TRAP"]);
    expect(error.message).toContain("stack overflow");
  });
});
