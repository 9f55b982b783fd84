import { readComponent, readFixture } from "@uni/fixtures";
import { ComponentLoader } from "@uni/loader-component";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { CliError } from "../src/errors/cli-error.ts";
import { detectFormat } from "../src/plugin/detect-format.ts";

describe("what the bytes of a plugin say", () => {
  it("is read of damaged bytes too, or they are refused with what to do", async () => {
    const whole = [
      readFixture("stateful"),
      readComponent("stateful"),
      await ComponentLoader.precompile(readComponent("stateful")),
    ];
    const damage = fc.array(fc.tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.nat(255)), {
      maxLength: 8,
    });
    const share = fc.double({ min: 0, max: 1, noNaN: true });
    const property = fc.property(fc.constantFrom(...whole), damage, share, (bytes, edits, kept) => {
      const damaged = bytes.slice(0, Math.ceil(bytes.length * kept));
      // Most of what is read stands in front.
      for (const [at, value] of edits) damaged[Math.floor(at ** 4 * damaged.length)] = value;
      try {
        expect(detectFormat("x.wasm", damaged).format).toMatch(
          /^(extism|core|component|precompiled)$/,
        );
      } catch (error) {
        expect(error).toBeInstanceOf(CliError);
      }
    });
    fc.assert(property, { numRuns: 2000, seed: 1 });
  });
});
