/** Statistics for measurements. */

/** The value below which the given share of the sorted values lies. @param share from 0 to 1 */
export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

/** The share of values above a bound, in per cent. */
export function shareAbove(values: readonly number[], bound: number): number {
  return (100 * values.filter((value) => value > bound).length) / values.length;
}
