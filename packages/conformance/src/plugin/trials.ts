import { FnError } from "@uni/plugin";
import { type Callee, NoValue } from "./callee.ts";
import type { Subject } from "./subject.ts";
import type { Case, Trial } from "./trial.ts";

/** What became of a call. */
export type Outcome =
  | { readonly kind: "answered"; readonly answer: unknown }
  /** The function reported an error of its own. */
  | { readonly kind: "refused"; readonly error: FnError; readonly tookRows: boolean }
  | { readonly kind: "failed"; readonly error: unknown };

/** A call that was made; what it was called with and answered is not kept. */
export interface Tried {
  readonly about: string;
  readonly must: Trial["must"];
  readonly hadRows: boolean;
  readonly outcome: Exclude<Outcome, { kind: "answered" }> | { readonly kind: "answered" };
}

/** The calls of one function: several checks judge them, and none is made twice for that. */
export class Trials {
  readonly callee: Callee;
  readonly cases: readonly Case[];
  readonly subject: Subject;
  readonly #tried = new Map<Case, Promise<readonly Tried[]>>();

  constructor(subject: Subject, callee: Callee, cases: readonly Case[]) {
    this.subject = subject;
    this.callee = callee;
    this.cases = cases;
  }

  /** What became of the calls of a case, or of all of them. */
  async of(cases: readonly Case[] = this.cases): Promise<readonly Tried[]> {
    const tried: Tried[] = [];
    for (const one of cases) {
      const calls = this.#tried.get(one) ?? this.#try(one);
      this.#tried.set(one, calls);
      tried.push(...(await calls));
    }
    return tried;
  }

  #try(one: Case): Promise<readonly Tried[]> {
    const { callee, subject } = this;
    return subject.loaded(async (plugin) => {
      const tried: Tried[] = [];
      for (const { about, batch, must } of one.trials()) {
        const outcome = await outcomeOf(() => callee.call(plugin, batch, subject.settings.call));
        const hadRows = batch !== undefined && batch.numRows > 0;
        tried.push({ about, must, hadRows, outcome: withoutAnswer(outcome) });
      }
      return tried;
    });
  }
}

function withoutAnswer(outcome: Outcome): Tried["outcome"] {
  return outcome.kind === "answered" ? { kind: "answered" } : outcome;
}

/** Tells a refusal of the function from everything else that can come up. */
export async function outcomeOf(call: () => Promise<unknown>): Promise<Outcome> {
  try {
    return { kind: "answered", answer: await call() };
  } catch (error) {
    if (error instanceof FnError) return { kind: "refused", error, tookRows: false };
    if (error instanceof NoValue) {
      return { kind: "refused", error: error.refusal, tookRows: true };
    }
    return { kind: "failed", error };
  }
}
