import type { Attributes, MetricPoint } from './otlp-types';

/** The newest point of each label set of each resource. Exports may arrive out of order. */
export function latestPoints(points: MetricPoint[]): MetricPoint[] {
  const newest = new Map<string, MetricPoint>();
  for (const point of points) {
    const key = `${canonical(point.resource)} ${canonical(point.attributes)}`;
    const known = newest.get(key);
    if (known === undefined || point.time >= known.time) newest.set(key, point);
  }
  return [...newest.values()];
}

const canonical = (attributes: Attributes): string =>
  JSON.stringify(
    Object.entries(attributes).sort(([a], [b]) => (a < b ? -1 : 1)),
    (_, value) => (typeof value === 'bigint' ? `${value}n` : value),
  );
