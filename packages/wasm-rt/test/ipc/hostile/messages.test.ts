import { describe, expect, it } from "vitest";
import { decodeBatch, IpcError } from "../../../src/index.ts";
import { batch, field, stream, TYPES } from "./stream-spec.ts";
import { writeStream } from "./write-stream.ts";

// Names of a guest stand in what the host logs.

function refusalOf(name: string): IpcError {
  const fields = [field(name, TYPES.float64, { nullable: false })];
  const values = batch(1, [[1, 1]], [Uint8Array.of(0), Float64Array.of(0)]);
  try {
    decodeBatch(new Uint8Array(writeStream(stream(fields, values))));
  } catch (error) {
    if (error instanceof IpcError) return error;
    throw error;
  }
  throw new Error("the stream was accepted");
}

describe("the message of a refusal", () => {
  it("names the column, without the control characters in its name", () => {
    const name = "x\u001b[2J\nall is well\u202e\u0007";
    const { message, column } = refusalOf(name);
    expect(message).toContain("column x\\u{1b}[2J\\nall is well\\u{202e}\\u{7}");
    expect(message).not.toMatch(/[\p{Cc}\p{Cf}]/u);
    expect(column).toBe(name);
  });

  it("is short, however long the name is", () => {
    const { message } = refusalOf("long".repeat(100_000));
    expect(message.length).toBeLessThan(2100);
    expect(message).toContain("expected no nulls of a field that is not nullable");
  });
});
