import type { ScalarFunction, ScalarSession, UniError } from "@uni/plugin";
import type { LoadOptions } from "@uni/wasm-rt";
import type { RecordBatch } from "apache-arrow";
import { batchOf } from "../batches/batch-of.ts";
import { fail } from "../check.ts";
import { ENDS, SESSION } from "../guests/counting.ts";
import { tick } from "./host-function.ts";
import { type Loaded, refused, type Subject } from "./subject.ts";

/** Arguments of one row. */
export const ONE: RecordBatch = batchOf([[7]]);

/** A plugin whose calls all end one way, until the check says another. */
export interface Steered extends Loaded {
  /** How the calls end from here on. */
  steer(end: keyof typeof ENDS): void;
}

/** Loads the plugin whose calls the check steers. */
export async function loadSteered(subject: Subject, options: LoadOptions = {}): Promise<Steered> {
  let next: number = ENDS.answer;
  const hostFunctions = [tick(() => new Uint8Array(next))];
  const loaded = await subject.load(SESSION, options, { hostFunctions });
  return Object.assign(loaded, {
    steer: (end: keyof typeof ENDS) => {
      next = ENDS[end];
    },
  });
}

/** @throws CheckFailure where the function opens none. */
export function open(scalar: ScalarFunction): ScalarSession {
  const session = scalar.openSession?.();
  if (session !== undefined) return session;
  return fail(
    "the function to open sessions",
    "no openSession",
    `where guests of the format serve one call only, declare in cannot why ${JSON.stringify(SESSION.name)} is nothing for it`,
  );
}

/** The one number that a call answers. */
export const count = async (session: ScalarSession): Promise<unknown> =>
  (await session.invoke(ONE)).get(0);

/** What both ways of calling a session are refused with. */
export async function sessionRefusals(session: ScalarSession): Promise<readonly UniError[]> {
  return [
    await refused(session.invoke(ONE), "invoke of the session to be refused"),
    await refused(() => session.invokeSync(ONE), "invokeSync of the session to be refused"),
  ];
}
