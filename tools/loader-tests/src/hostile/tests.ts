/**
 * Tests that a loader withstands hostile guests; to be called in a test file.
 *
 * @module
 */

export { describeAttacks } from "./describe-attacks.ts";
export { describeFarewells } from "./describe-farewells.ts";
