// Real components, damaged: a plan or a refusal, and soon.
import { type ComponentName, readComponent } from "@uni/fixtures";
import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { ComponentError } from "../../src/component-error.ts";
import { ANSWERS_SEVEN, assemble } from "../hostile/wat.ts";
import { takenApart } from "../plan/taken-apart.ts";
import { wasiWorld } from "../wasi/wasi-world.ts";
import { verdict } from "./verdict.ts";

const NAMES: readonly ComponentName[] = ["geo", "stats", "stateful", "text", "vec", "probe"];

/** One change of some bytes; `at` is a fraction of them. */
type Change = { readonly at: number; readonly bytes: readonly number[]; readonly removed: number };

const change: fc.Arbitrary<Change> = fc.record({
  at: fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true }),
  bytes: fc.array(
    fc.oneof(fc.nat(255), fc.constantFrom(0x00, 0x01, 0x7f, 0x80, 0xff), fc.nat(12)),
    { maxLength: 6 },
  ),
  removed: fc.nat(6),
});

function changed(bytes: Uint8Array, changes: readonly Change[]): Uint8Array {
  return changes.reduce<Uint8Array>((before, { at, bytes: put, removed }) => {
    const start = Math.floor(at * before.length);
    const parts = [before.subarray(0, start), put, before.subarray(start + removed)];
    return Buffer.concat(parts.map((part) => Uint8Array.from(part)));
  }, bytes);
}

/** The bytes without their core modules, which nothing here reads: every change of it counts. */
async function withoutCode(): Promise<Uint8Array> {
  return await assemble(`(component
    (type $r (record (field "a" u8) (field "b" (list string))))
    (import "t:t/t@1.0.0" (instance $t
      (export "r" (type $r (sub resource)))
      (type $e (enum "x" "y"))
      (export "e" (type $e' (eq $e)))
      (export "[method]r.f" (func (param "self" (borrow $r)) (result (option $e'))))))
    (alias export $t "r" (type $res))
    (alias export $t "[method]r.f" (func $f))
    (core module $m (memory (export "m") 1) (func (export "g") (result i32) i32.const 8))
    (core instance $i (instantiate $m))
    (alias core export $i "m" (core memory $mem))
    (alias core export $i "g" (core func $g))
    (core func $lowered (canon lower (func $f) (memory $mem)))
    (core func $drop (canon resource.drop $res))
    (core module $n (import "h" "f" (func (param i32 i32))) (import "h" "d" (func (param i32))))
    (core instance (instantiate $n (with "h" (instance
      (export "f" (func $lowered)) (export "d" (func $drop))))))
    (component $c (import "f" (func $in (result string))) (export "run" (func $in)))
    (func $lifted (result string) (canon lift (core func $g) (memory $mem)))
    (instance $nested (instantiate $c (with "f" (func $lifted))))
    (export "run" (func $nested "run")))`);
}

describe("a damaged component", () => {
  let small: readonly Uint8Array[];
  let wasi: Uint8Array;
  beforeAll(async () => {
    small = [await assemble(ANSWERS_SEVEN), await withoutCode()];
    wasi = await wasiWorld();
  });

  it("is a plan or refused wherever it is cut off", () => {
    for (const bytes of small) {
      expect(verdict(bytes)).not.toBeInstanceOf(ComponentError);
      for (let length = 8; length < bytes.length; length++) verdict(bytes.subarray(0, length));
    }
    for (let length = 8; length < wasi.length; length += 61) verdict(wasi.subarray(0, length));
  });

  it("is a plan or refused whatever a byte of a small one becomes", () => {
    let refused = 0;
    for (const bytes of small) {
      for (let at = 8; at < bytes.length; at++) {
        for (const value of [0, 1, 2, 0x12, 0x3f, 0x40, 0x42, 0x70, 0x7f, 0x80, 0xff]) {
          const damaged = bytes.slice();
          damaged[at] = value;
          if (verdict(damaged) instanceof ComponentError) refused++;
        }
      }
    }
    expect(refused).toBeGreaterThan(1000);
  });

  it.each(["small", "geo", "wasi"] as const)(
    "is a plan or refused, changed at random: %s",
    (of) => {
      const bases = { small, geo: NAMES.map((of) => readComponent(of)), wasi: [wasi] }[of];
      fc.assert(
        fc.property(
          fc.nat(),
          fc.array(change, { minLength: 1, maxLength: 4 }),
          (which, changes) => {
            verdict(changed(bases[which % bases.length] as Uint8Array, changes));
          },
        ),
        { numRuns: { small: 4000, geo: 1000, wasi: 250 }[of] },
      );
    },
  );
});

describe("a sound component", () => {
  it.each([...NAMES, "javascript"] as const)("has a plan: %s", (fixture) => {
    const { plan } = takenApart(readComponent(fixture));
    expect(plan.exports.map(({ name }) => name)).toEqual(
      expect.arrayContaining(["manifest", "register"]),
    );
  });
});
