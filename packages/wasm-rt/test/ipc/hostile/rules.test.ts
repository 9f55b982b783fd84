import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import {
  DEFAULT_IPC_LIMITS,
  decodeBatch,
  IPC_RULES,
  IpcError,
  type IpcRule,
} from "../../../src/index.ts";
import { valuesOf } from "../batches.ts";
import { BROKEN } from "./broken-streams.ts";
import { lastBatch, VALID } from "./valid-streams.ts";
import { writeStream } from "./write-stream.ts";

function refusal(bytes: Uint8Array): IpcError {
  try {
    decodeBatch(bytes);
  } catch (error) {
    if (error instanceof IpcError) return error;
    throw error;
  }
  throw new Error("the stream was accepted");
}

describe("a stream that keeps every rule is taken", () => {
  for (const [name, spec] of Object.entries(VALID)) {
    it(name, () => {
      expect(decodeBatch(writeStream(spec()))?.numRows).toBeGreaterThan(0);
    });
  }
});

describe("a stream of metadata version V4 is taken", () => {
  for (const [name, spec] of Object.entries(VALID)) {
    it(name, () => {
      const old = spec();
      for (const message of old.messages) message.version = 3;
      // Up to V4, a union had a bitmap of its own in front.
      if (name.includes("Union")) lastBatch(old).buffers?.unshift({ offset: 0, length: 0 });
      const values = [old, spec()].map((one) => {
        const batch = decodeBatch(new Uint8Array(writeStream(one)));
        return batch && valuesOf(batch);
      });
      expect(values[0]).toEqual(values[1]);
    });
  }
});

describe("a stream that breaks one rule is refused by its name:", () => {
  for (const [rule, cases] of Object.entries(BROKEN)) {
    describe(`${rule} (${IPC_RULES[rule as IpcRule]})`, () => {
      for (const { what, of, spec, bytes, code = "IPC_MALFORMED", column } of cases) {
        it(`${what}, of ${of}`, () => {
          const broken = VALID[of]();
          spec?.(broken);
          // In memory of its own: a test may write to all of it.
          const written = new Uint8Array(writeStream(broken));
          const error = refusal(bytes?.(written) ?? written);
          expect(error).toMatchObject({ rule, code });
          if (column !== undefined) expect(error).toMatchObject({ column });
        });
      }
    });
  }

  it("and the documentation says what every rule says", () => {
    const path = new URL("../../../../../docs/arrow-ipc.md", import.meta.url);
    const rows = readFileSync(path, "utf8").split("\n");
    for (const [rule, says] of Object.entries(IPC_RULES)) {
      expect(rows).toContain(`| \`${rule}\` | ${says} |`);
    }
    for (const limit of Object.keys(DEFAULT_IPC_LIMITS)) {
      expect(rows.some((row) => row.startsWith(`| \`${limit}\` |`))).toBe(true);
    }
  });

  it("and every rule is broken here", () => {
    expect(Object.keys(BROKEN).sort()).toEqual(Object.keys(IPC_RULES).sort());
    expect(Object.values(BROKEN).filter((cases) => cases.length === 0)).toEqual([]);
  });
});
