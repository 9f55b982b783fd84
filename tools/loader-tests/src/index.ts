/**
 * What the tests and benchmarks of every loader stand on.
 *
 * @module
 */

export { batchOf, type Column } from "./batch-of.ts";
export { FLOAT64, registrationOf } from "./canned-registration.ts";
export { NO_SERVICES } from "./no-services.ts";
export { refusedBothWays } from "./refused-both-ways.ts";
export { touchedProcess } from "./touched-process.ts";
export { type UsedBySources, usedBySources } from "./used-by-sources.ts";
