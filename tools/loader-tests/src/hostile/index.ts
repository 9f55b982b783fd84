/**
 * Hostile guests, and what runs them.
 *
 * @module
 */

export type { Attack, AttackedFormat } from "./attack.ts";
export type { AttackedLoader } from "./attacked-loader.ts";
export { ATTACKS } from "./attacks/index.ts";
export { sayFarewell } from "./say-farewell.ts";
