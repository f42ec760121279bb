/** All metrics at one moment, cumulative, as plain cloneable data: what main hands to the pipeline. */
export interface MetricSnapshot {
  /** Milliseconds since the epoch: when counting began, and when the snapshot was taken. */
  readonly startTime: number;
  readonly time: number;
  readonly metrics: readonly Metric[];
}

export type Metric = NumberMetric | HistogramMetric;

interface MetricHead {
  readonly name: string;
  readonly description: string;
  /** UCUM, as OpenTelemetry writes it: `ms`, `s`, `{request}`. */
  readonly unit: string;
}

export interface NumberMetric extends MetricHead {
  /** `counter` only rises; `updown` is a sum that also falls; `gauge` is a last value. */
  readonly type: 'counter' | 'updown' | 'gauge';
  readonly points: readonly NumberPoint[];
}

export interface HistogramMetric extends MetricHead {
  readonly type: 'histogram';
  /** Upper bounds, rising. */
  readonly boundaries: readonly number[];
  readonly points: readonly HistogramPoint[];
}

export type Labels = Readonly<Record<string, string>>;

export interface NumberPoint {
  readonly labels: Labels;
  readonly value: number;
}

export interface HistogramPoint {
  readonly labels: Labels;
  readonly count: number;
  readonly sum: number;
  /** Infinity and -Infinity while count is 0. */
  readonly min: number;
  readonly max: number;
  /** One more than the boundaries. */
  readonly buckets: readonly number[];
}

/** The same series before anything was counted; gauges and up-down sums stay as they are. */
export function zeroed(snapshot: MetricSnapshot): MetricSnapshot {
  return { ...snapshot, time: snapshot.startTime, metrics: snapshot.metrics.map(zeroedMetric) };
}

function zeroedMetric(metric: Metric): Metric {
  if (metric.type === 'counter') {
    return { ...metric, points: metric.points.map((point) => ({ ...point, value: 0 })) };
  }
  if (metric.type !== 'histogram') return metric;
  const nothing = { count: 0, sum: 0, min: Infinity, max: -Infinity };
  const points = metric.points.map(({ labels, buckets }) => ({
    ...nothing,
    labels,
    buckets: buckets.map(() => 0),
  }));
  return { ...metric, points };
}
