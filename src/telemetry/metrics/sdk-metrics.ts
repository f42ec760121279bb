import type { Account } from '../account';
import type { RecordSignal } from '../pipeline';
import type { Metric, NumberMetric, NumberPoint } from './snapshot';

/** OpenTelemetry's names for the two kinds of record. */
const KINDS: Readonly<Record<RecordSignal, { name: string; unit: string; made: string }>> = {
  spans: { name: 'span', unit: '{span}', made: 'otel.sdk.span.started' },
  logs: { name: 'log', unit: '{log_record}', made: 'otel.sdk.log.created' },
};

/**
 * What became of a signal's records, as OpenTelemetry's SDK tells it of itself (semantic conventions,
 * "OpenTelemetry SDK metrics"), cumulative.
 *
 * @param droppedLines lines that an unread stderr had no room for: they stand beside the log records
 */
export function recordMetrics(
  signal: RecordSignal,
  account: Account,
  capacity: number,
  droppedLines: number,
): Metric[] {
  const { name, unit, made } = KINDS[signal];
  const component = {
    'otel.component.type': `batching_${name}_processor`,
    'otel.component.name': `batching_${name}_processor/0`,
  };
  const processed: NumberPoint[] = [{ labels: component, value: account.exported }];
  for (const [reason, value] of account.dropped) {
    processed.push({ labels: { ...component, 'error.type': reason }, value });
  }
  if (signal === 'logs') {
    const labels = {
      'otel.component.type': 'ts-calculator_stderr',
      'otel.component.name': 'stderr',
    };
    processed.push({ labels: { ...labels, 'error.type': 'queue_full' }, value: droppedLines });
  }
  const metric = (
    what: string,
    type: NumberMetric['type'],
    description: string,
    points: NumberPoint[],
  ): Metric => ({ name: what, type, unit, description, points });
  const processor = `otel.sdk.processor.${name}`;
  return [
    metric(made, 'counter', 'Records made', [{ labels: {}, value: account.made }]),
    metric(
      `${processor}.processed`,
      'counter',
      'Records exported, or dropped with an error.type',
      processed,
    ),
    metric(`${processor}.queue.size`, 'updown', 'Records that wait', [
      { labels: component, value: account.waiting },
    ]),
    metric(`${processor}.queue.capacity`, 'updown', 'Records that may wait', [
      { labels: component, value: capacity },
    ]),
  ];
}
