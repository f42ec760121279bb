import { holds, type Interval } from './interval';
import type { Known } from './known';
import { last, type Series } from '../series';

/** What a query should answer, by the legends of its series: these and no others. */
export type Values = ReadonlyMap<string, Interval>;

export interface Expectation {
  readonly values: (known: Known) => Values;
  /** The legend of the series that tells most. */
  readonly telling: string;
  /** The moment that tells most. Default: the end. */
  readonly moment?: Moment;
  /** Not before, it is too early to tell. */
  readonly only?: 'ended';
}

/** While sessions are open, and when all have ended. */
export const MOMENTS = ['open', 'ended'] as const;
export type Moment = (typeof MOMENTS)[number];

/** As Grafana would write it; a label that is not there leaves no gap. */
export const legendOf = (legend: string, { labels }: Series): string =>
  legend
    .replace(/\{\{(\w+)\}\}/g, (_, name: string) => labels[name] ?? '')
    .replace(/ +/g, ' ')
    .trim();

/** What is not as it should be, a line each. */
export function differences(seen: readonly Series[], legend: string, values: Values): string[] {
  const legends = seen.map((series) => legendOf(legend, series));
  const missing = [...values.keys()].filter((name) => !legends.includes(name));
  return [
    ...missing.map((name) => `${name}: nothing, not ${written(values.get(name)!)}`),
    ...seen.flatMap((series, index) => {
      const [name, value] = [legends[index]!, last(series)];
      const expected = values.get(name);
      if (expected === undefined) return [`${name}: ${value}, not expected`];
      return holds(expected, value) ? [] : [`${name}: ${value}, not ${written(expected)}`];
    }),
  ];
}

/** `3`, or `2.5 to 3.1`. */
export const written = ([least, most]: Interval): string =>
  holds([least, least], most) ? short(least) : `${short(least)} to ${short(most)}`;

/** Three digits are enough for a reader. */
export const short = (value: number): string =>
  Number.isInteger(value) ? String(value) : String(Number(value.toPrecision(3)));
