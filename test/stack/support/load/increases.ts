import type { Asked } from './diary';
import { hull, type Interval } from './interval';
import type { Counted, Known } from './known';

/**
 * What `increase()` may say of so many, where the window has all samples of the series.
 *
 * VictoriaMetrics: their number. Prometheus: the last sample less the first, stretched from the time
 * between the two to the window. It is not stretched to before the first sample, which is 0, and by at
 * most 1.1 times the average time between two samples after the last: with n samples, by 1.1 / (n - 1).
 * Of a series that begins above 0 it does not see that beginning, unless by stretching back to 0.
 *
 * @param first so many of them were there in the first sample
 */
export function increase(
  known: Known,
  metric: Counted,
  service: string,
  [least, most]: Interval,
  first = 0,
): Interval {
  if (most === 0) return [0, 0];
  const samples = known.samples(metric, service);
  if (samples < 2) throw new Error(`${samples} samples of ${metric} of ${service}`);
  return [least - first, most * (1 + 1.1 / (samples - 1))];
}

/** The same of what was asked: of the sibling's histograms the first calls are the first sample. */
export function increaseOf(
  known: Known,
  metric: Counted,
  service: string,
  asked: readonly Asked[],
): Interval {
  const first = metric === 'durations' ? asked.filter(({ isFirst }) => isFirst).length : 0;
  return increase(known, metric, service, [asked.length, asked.length], first);
}

/**
 * What holds for each process of a service holds for all: increases weigh one's requests more than
 * another's, and a quantile of all is between the quantiles of each. So it is with first calls.
 */
export function ofMixture(
  asked: readonly Asked[],
  find: (asked: readonly Asked[]) => Interval,
): Interval {
  const processes = [...new Set(asked.map(({ process }) => process))];
  return hull(
    processes.flatMap((process) => {
      const its = asked.filter((each) => each.process === process);
      return [find(its), find(its.filter(({ isFirst }) => !isFirst))];
    }),
  );
}
