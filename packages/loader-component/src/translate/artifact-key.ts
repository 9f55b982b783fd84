import { createHash } from "node:crypto";

/** Counts up with every change of what a plan says or how one is made. */
const PLAN_VERSION = 1;

/** What an artifact depends on: who validated it, how it was made, and of which component. */
export function artifactKey(component: Uint8Array, validatorVersion: string): string {
  const sha256 = createHash("sha256").update(component).digest("hex");
  return `jco-transpile ${validatorVersion}, plan ${PLAN_VERSION}, sha256 ${sha256}`;
}
