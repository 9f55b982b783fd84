/**
 * What every bench stands on: cases take turns, and a table has their medians, their spread and what
 * they are to the first one, the floor.
 *
 * @module
 */

export { formatFigure, formatRatio } from "./format-figure.ts";
export type { FloorRatio, Measure, Spread, Unit } from "./measure.ts";
export { quantile } from "./quantile.ts";
export { reportFigures } from "./report.ts";
export { type Case, type Turns, takeTurns } from "./take-turns.ts";
