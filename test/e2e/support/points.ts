import type { Receiver } from '../../support/receiver';
import type { Attributes, MetricPoint } from '../../support/otlp-types';

/** How often each label set was counted: `tool=add error=internal` → 1. */
export type Counts = Record<string, number>;

export const keyOf = (attributes: Attributes): string =>
  Object.entries(attributes)
    .map(([key, value]) => `${key}=${String(value)}`)
    .sort()
    .join(' ');

const valueOf = ({ value, count }: MetricPoint): number => Number(value ?? count);

export const counts = (points: MetricPoint[]): Counts =>
  Object.fromEntries(points.map((point) => [keyOf(point.attributes), valueOf(point)]));

/** Without the label sets that are there at 0. */
export const counted = (points: MetricPoint[]): Counts =>
  counts(points.filter((point) => valueOf(point) > 0));

/** A tally of label sets, those with an undefined label without it. */
export function tally(sets: Record<string, string | undefined>[]): Counts {
  const result: Counts = {};
  for (const set of sets) {
    const given = Object.entries(set).filter(([, value]) => value !== undefined);
    const key = keyOf(Object.fromEntries(given) as Attributes);
    result[key] = (result[key] ?? 0) + 1;
  }
  return result;
}

/** Each export's points by themselves, in the order of arrival. */
export const exportsOf = ({ requests }: Receiver): MetricPoint[][] =>
  requests
    .filter(({ signal, status }) => signal === 'metrics' && status === 200)
    .map(({ decoded }) => decoded.metrics);

export const named = (points: MetricPoint[], name: string): MetricPoint[] =>
  points.filter((point) => point.name === name);

export const sumOf = (points: MetricPoint[]): number =>
  points.reduce((sum, point) => sum + valueOf(point), 0);
