import type { Asked, Fate, RecordKind } from './diary';
import type { Values } from './expectation';
import { exactly, type Interval } from './interval';
import type { Known } from './known';

/** The last values of counters and gauges: no extrapolation, so they are exact. */
export interface Counter {
  readonly name: string;
  /** A selector, and the labels that are told apart. */
  readonly series: string;
  readonly by: readonly string[];
  readonly values: (known: Pick<Known, 'asked' | 'sessions' | 'services' | 'fates'>) => Values;
}

export const COUNTERS: readonly Counter[] = [
  {
    name: 'requests',
    series: 'mcp_requests_total',
    by: ['service_name', 'method', 'tool', 'outcome'],
    values: ({ asked }) => count(asked, (a) => [a.service, a.method, a.tool, a.outcome]),
  },
  {
    name: 'durations of requests',
    series: 'mcp_requests_duration_milliseconds_count',
    by: ['service_name', 'method', 'tool', 'outcome'],
    values: ({ asked }) => count(asked, (a) => [a.service, a.method, a.tool, a.outcome]),
  },
  {
    name: 'calls of known tools',
    series: 'mcp_tools_calls_total',
    by: ['service_name', 'tool'],
    values: ({ asked }) =>
      count(
        asked.filter(({ tool = '_OTHER' }) => tool !== '_OTHER'),
        (a) => [a.service, a.tool],
      ),
  },
  {
    name: 'errors of tools',
    series: 'mcp_tools_errors_total',
    by: ['service_name', 'tool', 'error'],
    values: ({ asked }) =>
      count(
        asked.filter(({ error }) => error !== undefined),
        (a) => [a.service, a.tool, a.error],
      ),
  },
  {
    name: 'sessions that are open',
    series: 'mcp_sessions_active',
    by: ['service_name'],
    values: ({ sessions }) =>
      count(
        sessions.filter(({ seconds }) => seconds === undefined),
        ({ service }) => [service],
      ),
  },
  {
    name: 'sessions that ended',
    series: 'mcp_server_session_duration_seconds_count',
    by: ['service_name'],
    values: ({ sessions }) =>
      count(
        sessions.filter(({ seconds }) => seconds !== undefined),
        ({ service }) => [service],
      ),
  },
  ...(['span', 'log'] as const).flatMap((kind): Counter[] => [
    {
      name: `${kind}s exported or dropped`,
      series: `otel_sdk_processor_${kind}_processed_total`,
      by: ['service_name', 'error_type'],
      values: (known) =>
        fates(known, kind, ({ exported, refused }, service) => [
          [service, exported],
          [`${service} refused`, exactly(refused)],
        ]),
    },
    {
      name: `${kind}s that wait`,
      series: `otel_sdk_processor_${kind}_queue_size`,
      by: ['service_name'],
      values: (known) =>
        fates(known, kind, ({ waiting }, service) => [[service, exactly(waiting)]]),
    },
  ]),
];

/** Those that are 0 are left out: whether there is a series is another matter. */
export const counterQuery = ({ series, by }: Counter, window: number): string =>
  `sum by (${by.join(', ')}) (last_over_time(${series}[${window}s])) > 0`;

export const counterLegend = ({ by }: Counter): string =>
  by.map((label) => `{{${label}}}`).join(' ');

function count<T extends Pick<Asked, 'service'>>(
  all: readonly T[],
  labels: (each: T) => readonly (string | undefined)[],
): Values {
  const counts = new Map<string, Interval>();
  for (const each of all) {
    const name = labels(each).filter(Boolean).join(' ');
    counts.set(name, exactly((counts.get(name)?.[0] ?? 0) + 1));
  }
  return counts;
}

const fates = (
  known: Pick<Known, 'fates'>,
  kind: RecordKind,
  rows: (fate: Fate, service: string) => [string, Interval][],
): Values =>
  new Map(
    [...known.fates[kind]]
      .flatMap(([service, fate]) => rows(fate, service))
      .filter(([, [, most]]) => most > 0),
  );
