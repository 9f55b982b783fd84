import { type Side, textTable } from "@uni/reports";
import { figure, QUANTITIES, VALUE_NAMES } from "./quantities.ts";
import type { MeasuredCurve } from "./report.ts";

/** The points of one curve, in lines for a terminal. */
export function curveTable({ axis, format, where, points }: MeasuredCurve): string {
  const quantities = QUANTITIES[axis];
  const rows = [
    [VALUE_NAMES[axis], ...quantities.map(({ name, unit }) => `${name}, ${unit}`)],
    ...points.map((point) => [
      point.value.toLocaleString("en"),
      ...quantities.map(({ read }) => figure(read(point))),
    ]),
  ];
  const sides: readonly Side[] = rows[0]?.map(() => "right") ?? [];
  return [`${axis}: ${format}, ${where}`, ...textTable(rows, sides)].join("\n");
}
