/** How long the calls of one isolation took. */
export interface Statistics {
  readonly calls: number;
  readonly rowsPerSecond: number;
  readonly medianUs: number;
  readonly p95Us: number;
  readonly p99Us: number;
  /** Calls by how long they took: as many classes as `distribution` draws, from the least to the most. */
  readonly histogram: readonly number[];
}

/** The duration that classes of a histogram go from and to, in microseconds; the last has all beyond. */
export interface Span {
  readonly fromUs: number;
  readonly toUs: number;
}

const CLASSES = 32;
const BLOCKS = [..."▁▂▃▄▅▆▇█"];

/** @param rows of one call. */
export function statisticsOf(durationsUs: readonly number[], rows: number, span: Span): Statistics {
  const sorted = durationsUs.toSorted((a, b) => a - b);
  const totalUs = sorted.reduce((sum, us) => sum + us, 0);
  return {
    calls: sorted.length,
    rowsPerSecond: totalUs === 0 ? 0 : (rows * sorted.length * 1e6) / totalUs,
    medianUs: quantile(sorted, 0.5),
    p95Us: quantile(sorted, 0.95),
    p99Us: quantile(sorted, 0.99),
    histogram: histogramOf(sorted, span),
  };
}

/** What both isolations are drawn over: from the fastest call to what all but one of a hundred take. */
export function spanOf(all: readonly (readonly number[])[]): Span {
  const ends = all.map((durations) => {
    const sorted = durations.toSorted((a, b) => a - b);
    return { from: quantile(sorted, 0), to: quantile(sorted, 0.99) };
  });
  const fromUs = Math.min(...ends.map(({ from }) => from));
  return { fromUs, toUs: Math.max(fromUs * 1.01, ...ends.map(({ to }) => to)) };
}

/** A histogram as a line of blocks, the most frequent class as high as a line is. */
export function blocksOf(histogram: readonly number[]): string {
  const most = Math.max(1, ...histogram);
  return histogram
    .map((count) => (count === 0 ? " " : BLOCKS[Math.ceil((count / most) * BLOCKS.length) - 1]))
    .join("");
}

/** Of a sorted list: the value that a share of them does not exceed (nearest rank). */
function quantile(sorted: readonly number[], share: number): number {
  const index = Math.max(0, Math.ceil(share * sorted.length) - 1);
  return sorted[index] ?? 0;
}

/** Classes grow with the duration: what is twice as long is as far to the right anywhere. */
function histogramOf(sorted: readonly number[], { fromUs, toUs }: Span): number[] {
  const counts = new Array<number>(CLASSES).fill(0);
  const scale = CLASSES / Math.log(toUs / fromUs);
  for (const us of sorted) {
    const place = Math.floor(Math.log(us / fromUs) * scale);
    const index = Math.min(CLASSES - 1, Math.max(0, place));
    counts[index] = (counts[index] ?? 0) + 1;
  }
  return counts;
}
