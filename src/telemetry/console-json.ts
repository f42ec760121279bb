import type { Link } from '@opentelemetry/api';
import { hrTimeToTimeStamp } from '@opentelemetry/core';
import type { ReadableLogRecord } from '@opentelemetry/sdk-logs';
import type { ReadableSpan } from '@opentelemetry/sdk-trace-node';
import type { MetricSnapshot } from './metrics/snapshot';

// The `console` exporter: one JSON object a line, on stderr. OpenTelemetry's own writes to stdout.

export function spanLine(span: ReadableSpan): string {
  const { traceId, spanId } = span.spanContext();
  return JSON.stringify({
    span: span.name,
    trace_id: traceId,
    span_id: spanId,
    parent_span_id: span.parentSpanContext?.spanId,
    start: hrTimeToTimeStamp(span.startTime),
    end: hrTimeToTimeStamp(span.endTime),
    status: span.status,
    attributes: span.attributes,
    events: span.events.map(({ name, attributes }) => ({ name, attributes })),
    links: span.links.length === 0 ? undefined : span.links.map(linkOf),
  });
}

const linkOf = ({ context: { traceId, spanId } }: Link) => ({
  trace_id: traceId,
  span_id: spanId,
});

export function logRecordLine(record: ReadableLogRecord): string {
  return JSON.stringify({
    log: record.body,
    severity: record.severityText,
    time: hrTimeToTimeStamp(record.hrTime),
    trace_id: record.spanContext?.traceId,
    span_id: record.spanContext?.spanId,
    attributes: record.attributes,
  });
}

/** One line a metric. */
export function metricLines({ time, metrics }: MetricSnapshot): string[] {
  const at = new Date(time).toISOString();
  return metrics.map(({ name, unit, points }) =>
    JSON.stringify({ metric: name, unit, time: at, points }),
  );
}
