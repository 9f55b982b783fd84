import type { Behaviour } from "@uni/fixtures";
import { refusedBothWays } from "@uni/loader-tests";
import { FnError, type UniError } from "@uni/plugin";
import { encodeBatch, encodeBatches } from "@uni/wasm-rt";
import { Float32, Schema, Table, tableToIPC } from "apache-arrow";
import { describe, expect, it } from "vitest";
import { loadCanned } from "./canned-scalar.ts";
import { columns } from "./doubles.ts";

const two = columns({ x: [1, 2] });
const output = (bytes: Uint8Array): Behaviour => ({ kind: "output", bytes });

/** What a call over two rows is refused with; its slot is free again then. */
async function refusal(behaviour: Behaviour): Promise<UniError> {
  const { plugin, scalar } = await loadCanned(behaviour);
  const [awaited, thrown] = await refusedBothWays(scalar, two);
  expect([thrown.code, thrown.message]).toEqual([awaited.code, awaited.message]);
  expect(plugin.pool.metrics).toMatchObject({ live: 0, misses: 2 });
  return awaited;
}

describe("an answer", () => {
  const cases: [string, Uint8Array, string, RegExp][] = [
    [
      "of too few rows",
      encodeBatch(columns({ r: [1] })),
      "OUTPUT_DECODE",
      /ai\.example\.canned\.f returned 1 rows for 2; a scalar function returns one row per input row/,
    ],
    ["of no rows", encodeBatch(columns({ r: [] })), "OUTPUT_DECODE", /returned 0 rows for 2/],
    ["of too many rows", encodeBatch(columns({ r: [1, 2, 3] })), "OUTPUT_DECODE", /3 rows for 2/],
    [
      "of another type",
      encodeBatch(columns({ r: [1, 2] }, new Float32())),
      "OUTPUT_DECODE",
      /a column of type Float32; its signature says Float64/,
    ],
    [
      "of two columns",
      encodeBatch(columns({ r: [1, 2], s: [3, 4] })),
      "OUTPUT_DECODE",
      /returned 2 columns/,
    ],
    ["of no column", encodeBatch(columns({})), "OUTPUT_DECODE", /returned 0 columns/],
    [
      "without a batch",
      tableToIPC(new Table(new Schema([])), "stream"),
      "OUTPUT_DECODE",
      /a schema without a batch/,
    ],
    ["of two batches", encodeBatches([two, two]), "IPC", /at most one record batch/],
    [
      "of batches without end",
      encodeBatches(Array.from({ length: 12_000 }, () => columns({ r: [] }))),
      "IPC",
      /is over the limit maxObjects of 32768/,
    ],
    [
      "of rows without end",
      encodeBatch(columns({ r: new Array(100_000).fill(1) })),
      "IPC",
      /100000 is over the limit maxRows of 65536/,
    ],
    ["that is not Arrow", new TextEncoder().encode('{"result":[1,2]}'), "IPC", /Arrow IPC stream/],
    ["that is cut off", encodeBatch(two).subarray(0, 100), "IPC", /Arrow IPC stream/],
    ["of no bytes", new Uint8Array(), "IPC", /expected an Arrow IPC stream, got 0 bytes/],
  ];
  for (const [what, bytes, code, message] of cases) {
    it(`${what} is refused, with what was expected and what came`, async () => {
      const error = await refusal(output(bytes));
      expect([error.name, error.code]).toEqual(["ExtismError", code]);
      expect(error.message).toMatch(message);
    });
  }
});

describe("a function's own error", () => {
  it("reaches the caller with its code and its message", async () => {
    const error = await refusal({ kind: "fail", status: 300, message: "latitude über 90" });
    expect(error).toBeInstanceOf(FnError);
    expect(error).toMatchObject({ fnCode: 300, message: "latitude über 90", retryable: false });
  });

  it("is an error where the guest set no message, and says so", async () => {
    const error = await refusal({ kind: "fail", status: 1 });
    expect(error).toBeInstanceOf(FnError);
    expect(error).toMatchObject({
      fnCode: 1,
      message: "invoke_ai_example_canned_f failed with code 1 and set no error message",
    });
  });

  it("counts even where the guest also wrote a good answer", async () => {
    const error = await refusal({ kind: "output", bytes: encodeBatch(two), status: -1 });
    expect(error).toMatchObject({ name: "FnError", fnCode: 0xffffffff });
  });
});

describe("a trap", () => {
  it("is an error that keeps what the guest said before it", async () => {
    const error = await refusal({ kind: "trap", message: "index out of range" });
    expect(error).toMatchObject({ name: "ExtismError", code: "TRAP" });
    expect(error.message).toBe(
      "invoke_ai_example_canned_f trapped: unreachable; the guest said: index out of range",
    );
    expect(error.cause).toBeInstanceOf(WebAssembly.RuntimeError);
  });

  it("by stack overflow is one too", async () => {
    const error = await refusal({ kind: "recurse" });
    expect(error.code).toBe("TRAP");
    expect(error.message).toContain("stack overflow");
  });
});
