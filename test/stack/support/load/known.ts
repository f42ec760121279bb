import type { PromApi } from '../prom-api';
import { last } from '../series';
import type { Asked, Diary, Fate, Process, RecordKind, Session } from './diary';

/** What is known when the database is asked. */
export interface Known {
  /** Seconds since 1970. */
  readonly at: number;
  /** Seconds from before the first sample until then: what the queries look back on. */
  readonly window: number;
  readonly services: readonly string[];
  readonly asked: readonly Asked[];
  readonly processes: readonly Process[];
  readonly sessions: readonly Session[];
  readonly fates: Readonly<Record<RecordKind, ReadonlyMap<string, Fate>>>;
  /** How many samples a service's series of a metric have, the one with the fewest. */
  samples(metric: Counted, service: string): number;
}

/** Whose increase is asked for. */
export type Counted = keyof typeof COUNTED;

const COUNTED = {
  requests: 'mcp_requests_total',
  durations: 'mcp_requests_duration_milliseconds_bucket',
  calls: 'mcp_tools_calls_total',
  errors: 'mcp_tools_errors_total',
  span: 'otel_sdk_processor_span_processed_total{error_type=""}',
  log: 'otel_sdk_processor_log_processed_total{error_type=""}',
};

/** The diary as it is now: what is written later does not change it. */
export function copyOf(
  diary: Diary,
): Pick<Known, 'services' | 'asked' | 'processes' | 'sessions' | 'fates'> {
  const { services } = diary;
  const fates = (kind: RecordKind) =>
    new Map(services.map((service) => [service, diary.fate(service, kind)]));
  return {
    services,
    asked: [...diary.asked],
    processes: diary.processes.map((process) => ({ ...process })),
    sessions: diary.sessions.map((session) => ({ ...session })),
    fates: { span: fates('span'), log: fates('log') },
  };
}

export async function countSamples(
  api: PromApi,
  at: number,
  window: number,
): Promise<Known['samples']> {
  const counts = new Map<string, number>();
  for (const [name, selector] of Object.entries(COUNTED)) {
    const expr = `min by (service_name) (count_over_time(${selector}[${window}s]))`;
    for (const series of await api.query(expr, at)) {
      counts.set(`${name} ${series.labels.service_name}`, last(series));
    }
  }
  return (metric, service) => counts.get(`${metric} ${service}`) ?? 0;
}
