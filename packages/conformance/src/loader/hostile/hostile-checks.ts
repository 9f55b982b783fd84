import { UniError } from "@uni/plugin";
import { batchOf } from "../../batches/batch-of.ts";
import { type Check, fail } from "../../check.ts";
import { ECHOES } from "../../guests/canned.ts";
import type { ConformingLoader } from "../conforming-loader.ts";
import { tick } from "../host-function.ts";
import { checksOf, type LoaderCheck } from "../loader-check.ts";
import { Loaded, type Subject } from "../subject.ts";
import { type Attack, attackScenario, USUAL_PAGES } from "./attack.ts";
import { Neighbour } from "./neighbour.ts";
import { type ProcessCost, ProcessWatch } from "./watch-process.ts";

/** Every machine is busy at times; what is held is held for minutes. */
const LATE_BY_MS = 2000;
const HELD_MS = 1000;
/** Threads, spare buffers and garbage that nobody has collected. */
const USUAL_MIB = 400;
/** 64 KiB of what the guest said, and the host's words around it. */
const LONGEST_MESSAGE = 70_000;

const ONE = batchOf([[1]]);
const TICK = tick(() => new Uint8Array(0));

/** Checks that no attack holds its host, hurts a neighbour, or takes more than its limits allow. */
export function hostileChecks(attacks: readonly Attack[], conforming: ConformingLoader): Check[] {
  return checksOf(attacks.map(hostileCheck), conforming);
}

export function hostileCheck(attack: Attack): LoaderCheck {
  const guest = attackScenario(attack);
  return {
    id: `hostile.${attack.name.replaceAll(/[^A-Za-z0-9]+/g, "-")}`,
    title: `${attack.name} is ended`,
    scenarios: [guest, ECHOES],
    needs: attack.needs,
    run: async (subject) => {
      const bytes = await subject.bytes(guest);
      await using attacked = await Attacked.start(subject);
      await attacked.withstand(attack, bytes);
    },
  };
}

/** A host that is attacked, and another plugin on it. */
class Attacked implements AsyncDisposable {
  readonly #subject: Subject;
  readonly #loader: Loaded["loader"];
  readonly #neighbour: Neighbour;
  readonly #watch = new ProcessWatch();

  private constructor(subject: Subject, loader: Loaded["loader"], neighbour: Neighbour) {
    this.#subject = subject;
    this.#loader = loader;
    this.#neighbour = neighbour;
  }

  static async start(subject: Subject): Promise<Attacked> {
    const loader = subject.loader({ hostFunctions: [TICK] });
    const neighbour = await Neighbour.load(loader, await subject.bytes(ECHOES));
    return new Attacked(subject, loader, neighbour);
  }

  async withstand(attack: Attack, bytes: Uint8Array): Promise<void> {
    const { at = "call", deadlineMs } = attack;
    const limits = { memoryPages: USUAL_PAGES, ...attack.limits };
    if (at !== "call" && at !== "slow start") {
      const options = { limits: { ...limits, timeoutMs: deadlineMs } };
      await this.#ends(attack, () => this.#loader.load(bytes, options), "loop");
      return;
    }
    await using plugin = await this.#loader.load(bytes, { limits });
    const loaded = new Loaded(this.#loader, plugin);
    const { scalar } = loaded;
    const options = { timeoutMs: deadlineMs };
    const threads = this.#subject.isolation === "thread";
    const invoke = () => scalar.invoke(ONE, options);
    await this.#ends(attack, invoke, threads ? "neighbour" : "loop");
    await this.#ends(attack, async () => scalar.invokeSync(ONE, options), "nothing");
    await loaded.idle();
  }

  /** @param beside what goes on meanwhile: nothing, the event loop, or calls of the neighbour too. */
  async #ends(
    attack: Attack,
    body: () => Promise<unknown>,
    beside: "nothing" | "loop" | "neighbour",
  ): Promise<void> {
    // Threads that the attack before has cost are there again.
    await this.#neighbour.answers();
    let error: unknown;
    const cost = await this.#watch.cost(async () => {
      const ended = body().catch((e: unknown) => e);
      if (beside === "neighbour") await this.#neighbour.answers();
      error = await ended;
    });
    await this.#neighbour.answers();
    expectEnded(attack, error);
    this.#expectCheap(attack, cost, beside !== "nothing");
  }

  #expectCheap(
    { deadlineMs, limits, extraMiB = 0 }: Attack,
    cost: ProcessCost,
    loopGoesOn: boolean,
  ): void {
    const most = (what: string, came: number, limit: number) => {
      if (came >= limit) fail(`${what} to be below ${limit}`, Math.round(came));
    };
    most("the milliseconds that it took", cost.elapsedMs, deadlineMs + LATE_BY_MS);
    const guestMiB = (limits?.memoryPages ?? USUAL_PAGES) / 16;
    const allowed = 2 * guestMiB + USUAL_MIB + extraMiB;
    most("the mebibytes by which the process grew", cost.grownMiB, allowed);
    if (this.#subject.isolation === "inline" || !loopGoesOn) return;
    most("the milliseconds that the event loop was held", cost.heldMs, HELD_MS);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#watch[Symbol.asyncDispose]();
  }
}

function expectEnded({ code }: Attack, error: unknown): void {
  const codes = typeof code === "string" ? [code] : code;
  if (!(error instanceof UniError) || !codes.includes(error.code)) {
    fail(`an end with ${codes.join(" or ")}`, error);
  }
  const { length } = String(error);
  if (length >= LONGEST_MESSAGE) fail("a message of at most 64 KiB", length);
}
