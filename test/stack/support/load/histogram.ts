import type { Interval } from './interval';

/** How many are at or below the bound, where each is known to within an interval. */
export const countUpTo = (bound: number, values: readonly Interval[]): Interval => [
  values.filter(([, most]) => most <= bound).length,
  values.filter(([least]) => least <= bound).length,
];

/** Rank and count are fractions where increases are extrapolated: a whole rank may be either side. */
const RANK_ROUNDING = 1e-6;

/**
 * Where `histogram_quantile()` finds a quantile: within the bucket that has the true one, which is the
 * observation of the rank q × count.
 *
 * @param boundaries of the buckets, each inclusive, in their order
 */
export function quantile(
  q: number,
  values: readonly Interval[],
  boundaries: readonly number[],
): Interval {
  const sorted = (side: 0 | 1): number[] => values.map((each) => each[side]).sort((a, b) => a - b);
  const rank = (rounding: number): number =>
    Math.min(Math.max(Math.ceil(q * values.length + rounding), 1), values.length) - 1;
  const [lower] = bucketOf(sorted(0)[rank(-RANK_ROUNDING)]!, boundaries);
  const [, upper] = bucketOf(sorted(1)[rank(RANK_ROUNDING)]!, boundaries);
  return [lower, upper];
}

function bucketOf(value: number, boundaries: readonly number[]): Interval {
  const index = boundaries.findIndex((bound) => value <= bound);
  // What is above the last boundary is told as the last boundary.
  if (index < 0) return [boundaries.at(-1)!, boundaries.at(-1)!];
  return [boundaries[index - 1] ?? 0, boundaries[index]!];
}
