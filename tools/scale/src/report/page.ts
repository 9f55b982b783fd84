import { type Html, html } from "@uni/reports";
import type { AxisName } from "../point.ts";
import { chart } from "./chart.ts";
import { figure, QUANTITIES, VALUE_NAMES } from "./quantities.ts";
import type { MeasuredCurve, Report } from "./report.ts";
import { STYLE } from "./style.ts";

/** The curves as one HTML file that needs nothing beside it, and asks nobody for anything. */
export function scalePage(report: Report): string {
  const { machine, commit, madeAt, quick } = report;
  const axes = [...new Set(report.curves.map(({ axis }) => axis))];
  return html`<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="color-scheme" content="light dark">
<title>Scale on one machine, ${commit}</title>
<style>${STYLE}</style>
</head>
<body>
<h1>Scale on one machine</h1>
<p>Commit ${commit}, <time datetime="${madeAt}">${madeAt.slice(0, 10)}</time>; ${machine.cpu}, ${machine.cores} cores, ${machine.memoryGib} GiB, ${machine.os}, Node.js ${machine.node}${quick ? "; a quick run" : ""}. Both scales of every chart are logarithmic. What is held at rest is taken after a garbage collection.</p>
<p class="key"><span class="Extism">Extism</span> <span class="component">component</span> <span class="core">core module</span>; on guest threads a line, <span class="dashed">inline dashes</span>, <span class="dashed">modules without a loader dots</span>.</p>
${axes.map((axis) =>
  section(
    axis,
    report.curves.filter((curve) => curve.axis === axis),
  ),
)}
</body>
</html>
`.toString();
}

function section(axis: AxisName, curves: readonly MeasuredCurve[]): Html {
  const name = VALUE_NAMES[axis];
  return html`<section><h2>${name}</h2>
<div class="charts">${QUANTITIES[axis].map((quantity) => chart(curves, quantity, name))}</div>
<details><summary>The numbers</summary>${curves.map(table)}</details></section>`;
}

function table({ axis, format, where, points }: MeasuredCurve): Html {
  const quantities = QUANTITIES[axis];
  return html`<div class="scroll" role="region" tabindex="0" aria-label="${format}, ${where}"><table><caption>${format}, ${where}</caption>
<thead><tr><th scope="col">${VALUE_NAMES[axis]}</th>${quantities.map(({ name, unit }) => html`<th scope="col">${name}, ${unit}</th>`)}</tr></thead>
<tbody>${points.map((point) => html`<tr><th scope="row">${point.value.toLocaleString("en")}</th>${quantities.map(({ read }) => html`<td>${figure(read(point))}</td>`)}</tr>`)}</tbody></table></div>`;
}
