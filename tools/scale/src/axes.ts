import type { FormatName } from "./plugins/formats.ts";
import type { AxisName, Curve, Effort, Where } from "./point.ts";

export interface Axis {
  readonly name: AxisName;
  /** What one point is measured at. */
  readonly values: readonly number[];
  /** Those of a run that only looks whether everything works. */
  readonly quickValues: readonly number[];
  readonly wheres: readonly Where[];
  /** Whether all points are measured in one process, rather than each in its own. */
  readonly grows: boolean;
}

export const EFFORT: Effort = { timedMs: 1000, calls: 2000, settleMs: 2000 };
/** Of a run that only looks whether everything works; its figures say nothing. */
export const QUICK_EFFORT: Effort = { timedMs: 20, calls: 100, settleMs: 0 };

export const AXES: readonly Axis[] = [
  {
    name: "plugins",
    values: [1, 2, 5, 10, 20, 50, 100, 200],
    quickValues: [1, 20],
    wheres: ["thread", "inline", "modules"],
    grows: true,
  },
  {
    name: "callers",
    values: [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000],
    quickValues: [1, 1000],
    wheres: ["thread", "inline"],
    grows: false,
  },
  {
    name: "rows",
    values: [1, 10, 100, 1000, 10_000, 100_000, 1_000_000, 10_000_000],
    quickValues: [1, 10_000],
    wheres: ["thread", "inline"],
    grows: false,
  },
  {
    name: "bytes",
    values: [1, 4, 16, 64, 256, 1024, 4096, 16_384, 65_536],
    quickValues: [1, 1024],
    wheres: ["thread"],
    grows: false,
  },
];

const FORMAT_NAMES: readonly FormatName[] = ["Extism", "component", "core"];

/** The curves of an axis. A component is no module that an engine compiles, so it has no such floor. */
export function curvesOf({ name: axis, wheres }: Axis, quick: boolean): Curve[] {
  const chosen = quick ? wheres.slice(0, 1) : wheres;
  return FORMAT_NAMES.flatMap((format) =>
    chosen
      .filter((where) => where !== "modules" || format !== "component")
      .map((where) => ({ axis, format, where })),
  );
}
