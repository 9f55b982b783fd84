import type { QueryRun, Report } from "./report.ts";

/** The queries of all formats. */
export const runsOf = ({ formats }: Report): readonly QueryRun[] =>
  formats.flatMap(({ perChunk, perQuery }) => [perChunk, perQuery]);

/** Distances that are not those of the first run, in all runs together. */
export const differingDistances = (report: Report): number =>
  runsOf(report).reduce((sum, { differingFlights }) => sum + differingFlights, 0);

/** Whether every check of the job held. */
export function isRight(report: Report): boolean {
  const { delays, containments, comparedFlights } = report;
  return (
    differingDistances(report) === 0 &&
    runsOf(report).every(({ flights }) => flights === comparedFlights) &&
    delays.differingValues === 0 &&
    containments.every(({ contained }) => contained)
  );
}
