import type { Machine } from "@uni/reports";
import type { Curve, Point } from "../point.ts";

export interface MeasuredCurve extends Curve {
  readonly points: readonly Point[];
}

/** What a run found out. */
export interface Report {
  readonly commit: string;
  readonly madeAt: string;
  readonly machine: Machine;
  readonly quick: boolean;
  readonly elapsedMs: number;
  readonly curves: readonly MeasuredCurve[];
}
