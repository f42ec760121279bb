import type {
  Attributes,
  Decoded,
  LogRecord,
  MetricPoint,
  Origin,
  PointType,
  Signal,
  Span,
  SpanKind,
  StatusCode,
  Value,
} from './otlp-types';
import type { Message } from './otlp-proto';

const KINDS: SpanKind[] = ['UNSPECIFIED', 'INTERNAL', 'SERVER', 'CLIENT', 'PRODUCER', 'CONSUMER'];
const STATUSES: StatusCode[] = ['UNSET', 'OK', 'ERROR'];
const TEMPORALITIES = ['unspecified', 'delta', 'cumulative'] as const;
const POINT_TYPES: PointType[] = ['gauge', 'sum', 'histogram', 'exponential_histogram', 'summary'];

/** Flattens a decoded export request. */
export function flatten(signal: Signal, message: Message): Decoded {
  const decoded: Decoded = { spans: [], metrics: [], logs: [] };
  if (signal === 'traces') {
    each(message.resource_spans, 'scope_spans', 'spans', (span, origin) =>
      decoded.spans.push(toSpan(span, origin)),
    );
  } else if (signal === 'metrics') {
    each(message.resource_metrics, 'scope_metrics', 'metrics', (metric, origin) =>
      decoded.metrics.push(...toPoints(metric, origin)),
    );
  } else {
    each(message.resource_logs, 'scope_logs', 'log_records', (record, origin) =>
      decoded.logs.push(toLog(record, origin)),
    );
  }
  return decoded;
}

function each(
  resources: Message[],
  scopesKey: string,
  itemsKey: string,
  take: (item: Message, origin: Origin) => void,
): void {
  for (const resource of resources) {
    const attributes = toAttributes(resource.resource?.attributes);
    for (const scope of resource[scopesKey]) {
      const origin: Origin = {
        resource: attributes,
        scope: {
          name: scope.scope?.name ?? '',
          version: scope.scope?.version ?? '',
          attributes: toAttributes(scope.scope?.attributes),
        },
        schemaUrl: scope.schema_url ?? resource.schema_url ?? '',
      };
      for (const item of scope[itemsKey]) take(item, origin);
    }
  }
}

function toSpan(span: Message, origin: Origin): Span {
  return {
    ...origin,
    name: span.name ?? '',
    kind: KINDS[span.kind ?? 0]!,
    traceId: hex(span.trace_id),
    spanId: hex(span.span_id),
    parentSpanId: hex(span.parent_span_id),
    traceState: span.trace_state ?? '',
    flags: span.flags ?? 0,
    start: span.start_time_unix_nano ?? 0n,
    end: span.end_time_unix_nano ?? 0n,
    status: { code: STATUSES[span.status?.code ?? 0]!, message: span.status?.message ?? '' },
    attributes: toAttributes(span.attributes),
    events: span.events.map((event: Message) => ({
      name: event.name ?? '',
      time: event.time_unix_nano ?? 0n,
      attributes: toAttributes(event.attributes),
    })),
    links: span.links.map((link: Message) => ({
      traceId: hex(link.trace_id),
      spanId: hex(link.span_id),
      attributes: toAttributes(link.attributes),
    })),
    droppedAttributes: span.dropped_attributes_count ?? 0,
  };
}

function toPoints(metric: Message, origin: Origin): MetricPoint[] {
  const type = POINT_TYPES.find((name) => metric[name] !== undefined);
  if (type === undefined) return [];
  const data: Message = metric[type];
  const aggregated = type !== 'gauge' && type !== 'summary';
  return data.data_points.map((point: Message) => ({
    ...origin,
    name: metric.name ?? '',
    description: metric.description ?? '',
    unit: metric.unit ?? '',
    type,
    temporality: aggregated ? TEMPORALITIES[data.aggregation_temporality ?? 0] : undefined,
    monotonic: type === 'sum' ? (data.is_monotonic ?? false) : undefined,
    attributes: toAttributes(point.attributes),
    start: point.start_time_unix_nano ?? 0n,
    time: point.time_unix_nano ?? 0n,
    value: point.as_int === undefined ? point.as_double : exact(point.as_int),
    count: type === 'gauge' || type === 'sum' ? undefined : exact(point.count ?? 0n),
    sum: point.sum,
    min: point.min,
    max: point.max,
    bucketCounts: (point.bucket_counts ?? []).map(exact),
    bounds: point.explicit_bounds ?? [],
  }));
}

function toLog(record: Message, origin: Origin): LogRecord {
  return {
    ...origin,
    time: record.time_unix_nano ?? 0n,
    observedTime: record.observed_time_unix_nano ?? 0n,
    severityNumber: record.severity_number ?? 0,
    severityText: record.severity_text ?? '',
    body: toValue(record.body),
    attributes: toAttributes(record.attributes),
    traceId: hex(record.trace_id),
    spanId: hex(record.span_id),
    flags: record.flags ?? 0,
    eventName: record.event_name ?? '',
  };
}

/** A key sent twice would be lost in an object, and OTLP forbids it: so it is an error here. */
function toAttributes(pairs: Message[] | undefined): Attributes {
  const attributes: Attributes = {};
  for (const { key = '', value } of pairs ?? []) {
    if (Object.hasOwn(attributes, key)) throw new Error(`attribute ${key} is sent twice`);
    if (key === '__proto__') {
      Object.defineProperty(attributes, key, { value: toValue(value), enumerable: true });
    } else {
      attributes[key] = toValue(value);
    }
  }
  return attributes;
}

function toValue(value: Message | undefined): Value {
  if (value === undefined) return null;
  if (value.int_value !== undefined) return exact(value.int_value);
  if (value.array_value !== undefined) return value.array_value.values.map(toValue);
  if (value.kvlist_value !== undefined) return toAttributes(value.kvlist_value.values);
  return value.string_value ?? value.bool_value ?? value.double_value ?? value.bytes_value ?? null;
}

const exact = (value: bigint): number | bigint =>
  Number.isSafeInteger(Number(value)) ? Number(value) : value;
const hex = (bytes: Uint8Array | undefined): string =>
  bytes === undefined ? '' : Buffer.from(bytes).toString('hex');
