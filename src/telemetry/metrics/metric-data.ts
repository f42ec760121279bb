import { ValueType, type HrTime } from '@opentelemetry/api';
import {
  AggregationTemporality,
  DataPointType,
  type DataPoint,
  type Histogram,
  type MetricData,
} from '@opentelemetry/sdk-metrics';
import { toHrTime } from '../time';
import type { HistogramMetric, HistogramPoint, Labels, Metric, MetricSnapshot } from './snapshot';

/**
 * A snapshot as the objects that metric exporters take; a metric without points is left out.
 *
 * @param deltaSince milliseconds since the epoch: the counters and histograms hold what was added
 *   since then; absent: since counting began. Up-down sums are cumulative always (specification,
 *   OTLP exporter, temporality preference).
 */
export function toMetricData(
  { startTime, time, metrics }: MetricSnapshot,
  deltaSince?: number,
): MetricData[] {
  const cumulative: Interval = {
    temporality: AggregationTemporality.CUMULATIVE,
    startTime: toHrTime(startTime),
    endTime: toHrTime(time),
  };
  const delta: Interval =
    deltaSince === undefined
      ? cumulative
      : {
          ...cumulative,
          temporality: AggregationTemporality.DELTA,
          startTime: toHrTime(deltaSince),
        };
  return metrics
    .filter((metric) => metric.points.length > 0)
    .map((metric) => convert(metric, metric.type === 'updown' ? cumulative : delta));
}

interface Interval {
  readonly temporality: AggregationTemporality;
  readonly startTime: HrTime;
  readonly endTime: HrTime;
}

function convert(metric: Metric, { temporality, startTime, endTime }: Interval): MetricData {
  const { name, description, unit } = metric;
  const point = <T>(attributes: Labels, value: T): DataPoint<T> => ({
    startTime,
    endTime,
    attributes,
    value,
  });
  const base = {
    descriptor: { name, description, unit, valueType: valueType(metric) },
    aggregationTemporality: temporality,
  };
  if (metric.type === 'histogram') {
    const dataPoints = metric.points.map((p) => point(p.labels, histogram(p, metric)));
    return { ...base, dataPointType: DataPointType.HISTOGRAM, dataPoints };
  }
  const dataPoints = metric.points.map((p) => point(p.labels, p.value));
  if (metric.type === 'gauge') return { ...base, dataPointType: DataPointType.GAUGE, dataPoints };
  const isMonotonic = metric.type === 'counter';
  return { ...base, dataPointType: DataPointType.SUM, dataPoints, isMonotonic };
}

function valueType(metric: Metric): ValueType {
  if (metric.type === 'histogram') return ValueType.DOUBLE;
  const whole = metric.points.every(({ value }) => Number.isInteger(value));
  return whole ? ValueType.INT : ValueType.DOUBLE;
}

function histogram(point: HistogramPoint, { boundaries }: HistogramMetric): Histogram {
  const { count, sum, min, max, buckets } = point;
  return {
    buckets: { boundaries: [...boundaries], counts: [...buckets] },
    count,
    sum,
    ...(Number.isFinite(min) ? { min, max } : {}),
  };
}
