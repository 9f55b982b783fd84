import type { Unit } from "./measure.ts";

type Scale = readonly [one: number, name: string];

const LARGER: Readonly<Record<Unit, readonly Scale[]>> = {
  ms: [
    [1000, "s"],
    [1, "ms"],
    [0.001, "µs"],
  ],
  bytes: [
    [1e6, "MB"],
    [1e3, "kB"],
  ],
  "%": [],
};
const SMALLEST: Readonly<Record<Unit, Scale>> = {
  ms: [0.000_001, "ns"],
  bytes: [1, "B"],
  "%": [1, "%"],
};

/** Such as `12.3 µs`, for people. */
export function formatFigure(value: number, unit: Unit): string {
  const [one, name] = LARGER[unit].find(([least]) => value >= least) ?? SMALLEST[unit];
  return `${formatRatio(value / one)} ${name}`;
}

/** Three digits, or all of a whole number. */
export function formatRatio(value: number): string {
  return value >= 100 || Number.isInteger(value) ? value.toFixed(0) : value.toPrecision(3);
}
