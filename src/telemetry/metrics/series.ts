import { OTHER } from '../../tap/operation';
import type { HistogramPoint, Labels, NumberPoint } from './snapshot';

/** More label sets than this, and the rest are one: labels must stay few, whatever callers send. */
export const MAX_SERIES = 2000;

/** Labels whose values are few by nature: they outlive the limit, so that an error rate stays right. */
const FEW_VALUES: ReadonlySet<string> = new Set([
  'outcome',
  'error',
  'gen_ai.operation.name',
  'network.transport',
]);

type Branch = Map<string | undefined, unknown>;

/**
 * One record for each set of label values, found by walking nested maps: no string is built per
 * look-up. A label whose value is undefined is left out.
 */
export class SeriesTable<S> {
  readonly all: S[] = [];
  private readonly root: Branch = new Map();
  private last:
    { readonly values: readonly (string | undefined)[]; readonly series: S } | undefined;

  /**
   * @param labels the labels' names, in the order in which `at` takes their values; at least one
   * @param create makes the record of a new set
   */
  constructor(
    private readonly labels: readonly string[],
    private readonly create: (labels: Labels) => S,
    private readonly maxSeries = MAX_SERIES,
  ) {}

  /** The record of these label values, or beyond the limit the one that takes the rest. */
  at(...values: readonly (string | undefined)[]): S {
    // Most often it is the one that it was before.
    if (this.last?.values.every((value, i) => value === values[i])) return this.last.series;
    const series = this.find(values);
    this.last = { values, series };
    return series;
  }

  private find(values: readonly (string | undefined)[]): S {
    let branch: unknown = this.root;
    for (let i = 0; i < values.length; i++) {
      branch = (branch as Branch).get(values[i]);
      if (branch === undefined) return this.add(values);
    }
    return branch as S;
  }

  private add(values: readonly (string | undefined)[]): S {
    if (this.all.length >= this.maxSeries) {
      const others = this.folded(values);
      if (others.some((value, i) => value !== values[i])) return this.find(others);
    }

    const series = this.create(this.labelled(values));
    let branch = this.root;
    for (const value of values.slice(0, -1)) {
      let next = branch.get(value) as Branch | undefined;
      if (!next) branch.set(value, (next = new Map()));
      branch = next;
    }
    branch.set(values.at(-1), series);
    this.all.push(series);
    return series;
  }

  private folded(values: readonly (string | undefined)[]) {
    return values.map((value, i) =>
      value === undefined || FEW_VALUES.has(this.labels[i]!) ? value : OTHER,
    );
  }

  private labelled(values: readonly (string | undefined)[]): Labels {
    const labels: Record<string, string> = {};
    this.labels.forEach((label, i) => {
      const value = values[i];
      if (value !== undefined) labels[label] = value;
    });
    return labels;
  }
}

export type CounterSeries = { -readonly [K in keyof NumberPoint]: NumberPoint[K] };

export function newCounter(labels: Labels): CounterSeries {
  return { labels, value: 0 };
}

export interface HistogramSeries extends HistogramPoint {
  count: number;
  sum: number;
  min: number;
  max: number;
  readonly buckets: number[];
}

export function newHistogram(boundaries: readonly number[]): (labels: Labels) => HistogramSeries {
  return (labels) => ({
    labels,
    count: 0,
    sum: 0,
    min: Infinity,
    max: -Infinity,
    buckets: new Array<number>(boundaries.length + 1).fill(0),
  });
}

/** Adds a value; a boundary belongs to the bucket below it (OTLP: explicit_bounds). */
export function observe(
  series: HistogramSeries,
  boundaries: readonly number[],
  value: number,
): void {
  let bucket = 0;
  while (bucket < boundaries.length && value > boundaries[bucket]!) bucket++;
  series.buckets[bucket]!++;
  series.count++;
  series.sum += value;
  if (value < series.min) series.min = value;
  if (value > series.max) series.max = value;
}
