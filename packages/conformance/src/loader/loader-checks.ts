import type { Check } from "../check.ts";
import { AGGREGATES } from "./checks/aggregates.ts";
import { ANSWER_CHECKS } from "./checks/answers.ts";
import { CAP } from "./checks/cap.ts";
import { CAPABILITIES } from "./checks/capabilities.ts";
import { CLOSING } from "./checks/closing.ts";
import { COLUMNS } from "./checks/columns.ts";
import { FRESHNESS } from "./checks/freshness.ts";
import { LIMITS } from "./checks/limits.ts";
import { LOADING } from "./checks/loading.ts";
import { PROCEDURES } from "./checks/procedures.ts";
import { PROCESSES } from "./checks/processes.ts";
import { SESSION_TURNS } from "./checks/session-turns.ts";
import { SESSIONS } from "./checks/sessions.ts";
import { TRAP_CHECKS } from "./checks/traps.ts";
import type { ConformingLoader } from "./conforming-loader.ts";
import { ATTACKS } from "./hostile/attacks/index.ts";
import { hostileCheck } from "./hostile/hostile-checks.ts";
import { checksOf, type LoaderCheck } from "./loader-check.ts";
import { PARITY } from "./parity/parity-checks.ts";

/** Everything that is checked of a loader. */
export const LOADER_CHECKS: readonly LoaderCheck[] = [
  ...FRESHNESS,
  ...TRAP_CHECKS,
  ...CAP,
  ...CAPABILITIES,
  ...LIMITS,
  ...LOADING,
  ...ANSWER_CHECKS,
  ...COLUMNS,
  ...AGGREGATES,
  ...PROCEDURES,
  ...SESSIONS,
  ...SESSION_TURNS,
  ...CLOSING,
  ...PROCESSES,
  ...PARITY,
  ...ATTACKS.map(hostileCheck),
];

/**
 * The checks that every loader is held to, each with guests on threads and inline.
 *
 * @param conforming the loader, and how to make the guests that the checks need.
 */
export function loaderChecks(conforming: ConformingLoader): Check[] {
  return checksOf(LOADER_CHECKS, conforming);
}
