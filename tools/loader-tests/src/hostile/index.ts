/**
 * Hostile guests, and the test that every loader withstands them.
 *
 * @module
 */

export type { Attack, AttackedFormat } from "./attack.ts";
export { ATTACKS } from "./attacks/index.ts";
export { type AttackedLoader, describeAttacks } from "./describe-attacks.ts";
