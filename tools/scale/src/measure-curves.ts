import { AXES, type Axis, curvesOf, EFFORT, QUICK_EFFORT } from "./axes.ts";
import type { Curve, Point } from "./point.ts";
import type { MeasuredCurve } from "./report/report.ts";
import { runTask } from "./run-task.ts";

/** What is being done, and how much of it is. */
export type Progress = (step: string, done: number, total: number) => void;

/**
 * Measures the curves of all axes, or of one.
 *
 * @param measured gets each curve as soon as it is whole.
 */
export async function measureCurves(
  { quick, axis: only }: { readonly quick: boolean; readonly axis: string | undefined },
  progress: Progress,
  measured: (curve: MeasuredCurve) => void,
  signal: AbortSignal,
): Promise<MeasuredCurve[]> {
  const planned = AXES.filter(({ name }) => only === undefined || name === only).flatMap((axis) =>
    curvesOf(axis, quick).map((curve) => ({ axis, curve })),
  );
  const valuesOf = (axis: Axis) => (quick ? axis.quickValues : axis.values);
  const total = planned.reduce((sum, { axis }) => sum + valuesOf(axis).length, 0);
  const effort = quick ? QUICK_EFFORT : EFFORT;
  const curves: MeasuredCurve[] = [];
  let done = 0;
  for (const { axis, curve } of planned) {
    const values = valuesOf(axis);
    const points: Point[] = [];
    const next = () => progress(stepOf(curve, values[points.length]), done, total);
    const add = (point: Point) => {
      points.push(point);
      done += 1;
      next();
    };
    next();
    const apart = !axis.grows && !quick;
    for (const some of apart ? values.map((value) => [value]) : [values]) {
      await runTask({ curve, values: some, effort }, add, signal);
    }
    const whole = { ...curve, points };
    curves.push(whole);
    measured(whole);
  }
  return curves;
}

const stepOf = ({ axis, format, where }: Curve, value: number | undefined): string =>
  `${value?.toLocaleString("en") ?? ""} ${axis}, ${format}, ${where}`;
