import type { Parameters } from '../parameters';

/** What the reader chose, in seconds: a number, so that a count can be divided by it. */
const SECONDS = '${interval}';

/** The series of the services that the reader chose. */
export const of = (metric: string, ...matchers: string[]): string =>
  `${metric}{${['service_name=~"$service"', ...matchers].join(', ')}}`;

export const OF_TOOL = 'tool=~"$tool"';

export const sumBy = (labels: string, expr: string): string => `sum by (${labels}) (${expr})`;

/** What was added within the window. */
export const increase = (series: string, window = `${SECONDS}s`): string =>
  `increase(${series}[${window}])`;

/**
 * The same a second. Not `rate()`, which in VictoriaMetrics divides by the time between the samples:
 * a session of a second would have its rate for all of the window.
 */
export const perSecond = (labels: string, series: string): string =>
  `${sumBy(labels, increase(series))} / ${SECONDS}`;

/** One part of a whole; nothing where the whole is 0. */
export const share = (labels: string, part: string, whole: string): string =>
  `${sumBy(labels, increase(part))} / (${sumBy(labels, increase(whole))} > 0)`;

/** Nothing where nothing was observed: Prometheus would say that it is no number. */
export const percentile = (quantile: number, labels: string, buckets: string): string =>
  `histogram_quantile(${quantile}, ${sumBy(`${labels}, le`, increase(buckets))}) >= 0`;

/** The last word of each process that spoke within the range of the dashboard. */
export const lastWord = (series: string): string => `last_over_time(${series}[$__range])`;

/** The last word of the processes that still speak. */
export const spoken = (series: string, { serviceDown }: Parameters): string =>
  `last_over_time(${series}[${serviceDown.silence}s])`;

/** Seconds since a series last had a sample. */
export const secondsSinceSample = (labels: string, series: string): string =>
  `time() - max by (${labels}) (max_over_time(timestamp(${series})[1h:15s]))`;

/** Seconds since a counter last grew, to within a minute. */
export const secondsSinceGrowth = (labels: string, series: string): string =>
  `time() - max by (${labels}) (max_over_time((timestamp(${series}) and increase(${series}[1m]) > 0)[1h:15s]))`;
