import type { PluginLimits, UnsharedBytes } from "@uni/wasm-rt";
import { scenario } from "../../guests/canned.ts";
import type { GuestText } from "../../guests/guest-text.ts";
import type { Scenario } from "../../guests/scenario.ts";

/** What a hostile guest does. */
export interface Attack extends Pick<GuestText, "fields" | "memory" | "newest"> {
  readonly name: string;
  /** Instructions, as the bodies of a {@link GuestText} are. */
  readonly body: string;
  /**
   * Where these instructions run; in the call unless said. A slow start ends in time for the load,
   * and not for a call.
   */
  readonly at?: "call" | "slow start" | "start" | "manifest" | "register";
  /** By default 1024 pages, so that a guest has 64 MiB. */
  readonly limits?: Partial<PluginLimits>;
  /** How long the call may take, or where the attack is not in a call, the load. */
  readonly deadlineMs: number;
  /** What the call fails with, in both isolations and by both ways of calling. */
  readonly code: string | readonly string[];
  /** What the engine has to have, as a module that is valid where it does. */
  readonly needs?: UnsharedBytes;
  /** What the process may take for it beyond the guest's memory, in MiB. */
  readonly extraMiB?: number;
}

/** Long enough for a machine that does other work as well, and short against what the attacks take. */
export const SOON_MS = 100;
/** For attacks that end by themselves. */
export const LATE_MS = 20_000;
/** The memory that a guest may have unless an attack says otherwise. */
export const USUAL_PAGES = 1024;
export const USUAL_BYTES: number = USUAL_PAGES * 65_536;
/** From here on a memory of more than two pages is all zeros, which are text. */
export const TEXT_AT = 131_072;

/** The guest that runs an attack. */
export function attackScenario({ name, body, at = "call", ...attack }: Attack): Scenario {
  const { fields, memory, newest } = attack;
  const bodies: Readonly<Record<NonNullable<Attack["at"]>, Partial<GuestText>>> = {
    call: { scalar: body },
    start: { start: body },
    "slow start": { start: body },
    manifest: { inManifest: body },
    register: { inRegister: body },
  };
  const about = `runs hostile instructions in its ${at}: ${name}`;
  return scenario(name, about, { fields, memory, newest, scalar: "", ...bodies[at] });
}
