import { decodeComponent } from "../../src/binary/decode-component.ts";
import { checkPlan } from "../../src/plan/check-plan.ts";
import type { PlannedComponent } from "../../src/plan/plan.ts";
import { resolveComponent } from "../../src/plan/resolve.ts";

/** A component decoded, resolved and checked. */
export function takenApart(bytes: Uint8Array): PlannedComponent {
  const planned = resolveComponent(decodeComponent(bytes));
  checkPlan(planned);
  return planned;
}
