import { ComponentError } from "../../src/component-error.ts";
import type { PlannedComponent } from "../../src/plan/plan.ts";
import { takenApart } from "../plan/taken-apart.ts";

/** What any bytes may cost, in time of the processor: other tests may run beside these. */
const LIMIT_MS = 1000;

/**
 * What becomes of bytes: a plan, or the refusal of them. Whatever else happens is thrown, as is that
 * it took long.
 */
export function verdict(
  bytes: Uint8Array,
  take: (bytes: Uint8Array) => PlannedComponent = takenApart,
): PlannedComponent | ComponentError {
  const started = process.cpuUsage();
  const answer = attempt(() => take(bytes));
  const { user, system } = process.cpuUsage(started);
  const tookMs = (user + system) / 1000;
  if (tookMs > LIMIT_MS) throw new Error(`${bytes.length} bytes took ${tookMs} ms`);
  return answer;
}

/** The refusal of bytes that are no component for this loader. */
export function refusalOf(
  bytes: Uint8Array,
  take?: (bytes: Uint8Array) => PlannedComponent,
): ComponentError {
  const answer = verdict(bytes, take);
  if (answer instanceof ComponentError) return answer;
  throw new Error("the bytes were taken for a component");
}

function attempt(body: () => PlannedComponent): PlannedComponent | ComponentError {
  try {
    return body();
  } catch (error) {
    if (error instanceof ComponentError && error.code === "INVALID_PLUGIN") return error;
    throw error;
  }
}
