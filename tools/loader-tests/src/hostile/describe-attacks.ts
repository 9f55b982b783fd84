import { UniError } from "@uni/plugin";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { batchOf } from "../batch-of.ts";
import { type Attack, USUAL_PAGES } from "./attack.ts";
import { type AttackedLoader, hostOf, ISOLATIONS } from "./attacked-loader.ts";
import { Neighbour } from "./neighbour.ts";
import { type ProcessCost, ProcessWatch } from "./watch-process.ts";

/** Every test machine is busy at times; what is held is held for minutes. */
const LATE_BY_MS = 2000;
const HELD_MS = 1000;
/** Threads, spare buffers and garbage that nobody has collected. */
const USUAL_MIB = 400;
/** 64 KiB of what the guest said, and the host's words around it. */
const LONGEST_MESSAGE = 70_000;

const ONE = batchOf([[1]]);

/** Tests that no attack holds its host, hurts a neighbour, or takes more than its limits allow. */
export function describeAttacks(attacks: readonly Attack[], attacked: AttackedLoader): void {
  const possible = attacks.filter(
    ({ only = attacked.format, needs }) =>
      only === attacked.format && (needs === undefined || WebAssembly.validate(needs)),
  );
  const plugins = new Map<Attack, Promise<Uint8Array>>();
  const pluginOf = (attack: Attack) => {
    const known = plugins.get(attack) ?? attacked.plugin(attack);
    plugins.set(attack, known);
    return known;
  };

  describe.each(ISOLATIONS)("with isolation %s,", (isolation) => {
    const watch = new ProcessWatch();
    const loader = attacked.make(hostOf(isolation));
    const unexpected: unknown[] = [];
    const note = (error: unknown) => unexpected.push(error);
    let neighbour: Neighbour;

    beforeAll(async () => {
      process.on("unhandledRejection", note).on("uncaughtException", note);
      neighbour = await Neighbour.load(loader, attacked.neighbour);
    });
    afterAll(async () => {
      await loader.close();
      await watch[Symbol.asyncDispose]();
      process.off("unhandledRejection", note).off("uncaughtException", note);
      expect(unexpected).toEqual([]);
    });

    // Names in full: the runner cuts what it takes out of an object.
    const named = possible.map((attack) => [attack.name, attack] as const);
    it.each(named)("%s is ended", withstand);

    async function withstand(_name: string, attack: Attack): Promise<void> {
      const bytes = await pluginOf(attack);
      const { at = "call", deadlineMs } = attack;
      const limits = { memoryPages: USUAL_PAGES, ...attack.limits };
      if (at !== "call" && at !== "slow start") {
        const load = () => loader.load(bytes, { limits: { ...limits, timeoutMs: deadlineMs } });
        expectEnded(attack, await run(load));
        return;
      }
      await using plugin = await loader.load(bytes, { limits });
      const [scalar] = plugin.scalars;
      if (scalar === undefined) throw new Error("the plugin registers one function");
      const options = { timeoutMs: deadlineMs };
      expectEnded(attack, await run(() => scalar.invoke(ONE, options), isolation === "thread"));
      expectEnded(attack, await run(async () => scalar.invokeSync(ONE, options)));
      await vi.waitFor(() => expect(plugin.pool.metrics.live).toBe(0));
    }

    /** @param beside whether the neighbour can be called meanwhile. */
    async function run(body: () => Promise<unknown>, beside = false): Promise<Outcome> {
      // Threads that the attack before has cost are there again.
      await neighbour.answers();
      let error: unknown;
      const cost = await watch.cost(async () => {
        const ended = body().catch((e: unknown) => e);
        if (beside) await neighbour.answers();
        error = await ended;
      });
      await neighbour.answers();
      return { error, cost };
    }

    function expectEnded(attack: Attack, { error, cost }: Outcome): void {
      const { code, limits, extraMiB = 0 } = attack;
      const expected = typeof code === "string" ? code : code[attacked.format];
      expect(error).toBeInstanceOf(UniError);
      expect(error).toMatchObject({ code: expected });
      expect(String(error).length).toBeLessThan(LONGEST_MESSAGE);
      expect(cost.elapsedMs).toBeLessThan(attack.deadlineMs + LATE_BY_MS);
      const guestMiB = (limits?.memoryPages ?? USUAL_PAGES) / 16;
      expect(cost.grownMiB).toBeLessThan(2 * guestMiB + USUAL_MIB + extraMiB);
      if (isolation === "thread") expect(cost.heldMs).toBeLessThan(HELD_MS);
    }
  });
}

interface Outcome {
  readonly error: unknown;
  readonly cost: ProcessCost;
}
