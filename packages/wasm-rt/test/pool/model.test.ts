import fc from "fast-check";
import { expect, test } from "vitest";
import { InstancePool } from "../../src/pool/instance-pool.ts";
import { PoolError } from "../../src/pool/pool-error.ts";
import { PooledInstance } from "../../src/pool/pooled-instance.ts";
import { Guest, GuestError, StubbornGuest } from "./guest.ts";

const STEPS = [
  "acquire",
  "acquire and fail",
  "acquire stubborn",
  "release",
  "detach",
  "release again",
  "pool",
  "dispose",
  "take",
] as const;

const steps = fc.array(fc.record({ step: fc.constantFrom(...STEPS), pick: fc.nat() }), {
  maxLength: 60,
});

test("counts as a plain model does, whatever is done in whatever order", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 5 }), steps, (maxInstances, sequence) => {
      const failure = new Error("the factory failed");
      let build: () => Guest = () => new Guest();
      const pool = new InstancePool({ maxInstances }, () => build(), GuestError);
      const out: Guest[] = [];
      const back: Guest[] = [];
      const pooled: PooledInstance<Guest, GuestError>[] = [];
      const model = { hits: 0, misses: 0, exhausted: 0, live: 0 };

      /** Runs an acquire by whatever way, and counts what must come of it. */
      const acquire = <R>(factory: () => Guest, run: () => R): R | undefined => {
        build = factory;
        try {
          const got = run();
          expect(model.live).toBeLessThan(maxInstances);
          model.misses++;
          model.live++;
          return got;
        } catch (error) {
          if (error === failure) return undefined;
          expect(error).toBeInstanceOf(GuestError);
          expect(error).toHaveProperty("message", `instance pool at capacity (${model.live} live)`);
          expect(model.live).toBe(maxInstances);
          model.exhausted++;
          return undefined;
        }
      };
      /** Ends an instance by whatever way, and counts its slot as free. */
      const end = (guest: Guest, run: () => void) => {
        try {
          run();
        } catch (error) {
          expect(error).toBe((guest as StubbornGuest).failure); // no other disposal throws
        }
        back.push(guest);
        model.live--;
      };

      for (const { step, pick } of sequence) {
        if (step === "acquire" || step === "acquire stubborn") {
          const factory = () => (step === "acquire" ? new Guest() : new StubbornGuest());
          const guest = acquire(factory, () => pool.acquire());
          if (guest) out.push(guest);
        } else if (step === "acquire and fail") {
          acquire(
            () => {
              throw failure;
            },
            () => pool.acquire(),
          );
        } else if (step === "pool") {
          const guest = acquire(
            () => new Guest(),
            () => PooledInstance.acquire(pool),
          );
          if (guest) pooled.push(guest);
        } else if (step === "release again") {
          const guest = back[pick % back.length];
          if (guest) expect(() => pool.release(guest)).toThrow(PoolError);
        } else if (step === "release" || step === "detach") {
          const [guest] = out.splice(pick % out.length || 0, 1);
          if (guest) end(guest, () => pool[step](guest));
        } else {
          const [one] = pooled.splice(pick % pooled.length || 0, 1);
          if (one) end(one.get(), () => (step === "take" ? one.take() : one[Symbol.dispose]()));
          one?.[Symbol.dispose]();
        }
        expect(pool.metrics).toEqual(model);
        expect(model.live).toBeGreaterThanOrEqual(0);
        expect(model.live).toBeLessThanOrEqual(maxInstances);
      }
    }),
    { numRuns: 1000 },
  );
});
