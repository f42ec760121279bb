import type { HistogramPoint, Labels, Metric, MetricSnapshot } from './snapshot';

/**
 * What was added to counters and histograms between two snapshots of the same counts; gauges and
 * up-down sums stay as they are. A count that fell has begun anew and is taken whole. The smallest
 * and the largest value of the interval are not known.
 */
export function subtract(now: MetricSnapshot, before: MetricSnapshot): MetricSnapshot {
  const earlier = new Map(before.metrics.map((metric) => [metric.name, metric]));
  return {
    ...now,
    metrics: now.metrics.map((metric) => subtractMetric(metric, earlier.get(metric.name))),
  };
}

function subtractMetric(metric: Metric, before: Metric | undefined): Metric {
  if (metric.type === 'counter' && before?.type === 'counter') {
    const earlier = byLabels(before.points);
    const points = metric.points.map((point) => {
      const value = point.value - (earlier.get(labelKey(point.labels))?.value ?? 0);
      return value < 0 ? point : { ...point, value };
    });
    return { ...metric, points };
  }
  if (metric.type === 'histogram' && before?.type === 'histogram') {
    const earlier = byLabels(before.points);
    const points = metric.points.map((point) =>
      subtractHistogram(point, earlier.get(labelKey(point.labels))),
    );
    return { ...metric, points };
  }
  return metric;
}

function subtractHistogram(point: HistogramPoint, before?: HistogramPoint): HistogramPoint {
  if (!before || before.count === 0 || before.count > point.count) return point;
  return {
    labels: point.labels,
    count: point.count - before.count,
    sum: point.sum - before.sum,
    min: Infinity,
    max: -Infinity,
    buckets: point.buckets.map((count, i) => count - (before.buckets[i] ?? 0)),
  };
}

function byLabels<P extends { readonly labels: Labels }>(points: readonly P[]): Map<string, P> {
  return new Map(points.map((point) => [labelKey(point.labels), point]));
}

/** The same label set is always written in the same order. */
function labelKey(labels: Labels): string {
  return JSON.stringify(labels);
}
