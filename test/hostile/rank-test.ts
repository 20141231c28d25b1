/** Whether two sets of measurements differ: the test of Mann and Whitney, which outliers do not impress. */
import { quantile } from "../../bench/figures.ts";

export interface Difference {
  medians: [number, number];
  /** How far the ranks are from what chance makes of equal sets, in standard deviations; positive when the first is larger. */
  sigmas: number;
}

export function difference(first: readonly number[], second: readonly number[]): Difference {
  const all = [
    ...first.map((value) => ({ value, isFirst: true })),
    ...second.map((value) => ({ value, isFirst: false })),
  ].sort((a, b) => a.value - b.value);
  const rankSum = all.reduce((sum, { isFirst }, index) => sum + (isFirst ? index + 1 : 0), 0);
  const [n, m] = [first.length, second.length];
  const expected = (n * (n + m + 1)) / 2;
  const deviation = Math.sqrt((n * m * (n + m + 1)) / 12);
  return { medians: [quantile(first, 0.5), quantile(second, 0.5)], sigmas: (rankSum - expected) / deviation };
}
