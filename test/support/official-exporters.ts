import { SeverityNumber } from '@opentelemetry/api-logs';
import { SpanKind, SpanStatusCode, TraceFlags, type HrTime } from '@opentelemetry/api';
import { ExportResultCode, type ExportResult } from '@opentelemetry/core';
import { OTLPLogExporter } from '@opentelemetry/exporter-logs-otlp-proto';
import { OTLPMetricExporter } from '@opentelemetry/exporter-metrics-otlp-proto';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-proto';
import { resourceFromAttributes } from '@opentelemetry/resources';
import {
  AggregationTemporality,
  DataPointType,
  InstrumentType,
  type ResourceMetrics,
} from '@opentelemetry/sdk-metrics';
import type { ReadableLogRecord } from '@opentelemetry/sdk-logs';
import type { ReadableSpan } from '@opentelemetry/sdk-trace-node';
import { serveCalls } from './child-call';

const TRACE_ID = '0af7651916cd43dd8448eb211c80319c';
const SPAN_ID = 'b7ad6b7169203331';
const START: HrTime = [1_800_000_000, 123_456_789];
const END: HrTime = [1_800_000_001, 5];
const resource = resourceFromAttributes({ 'service.name': 'a service' });
const instrumentationScope = { name: 'a scope', version: '1' };
const spanContext = { traceId: TRACE_ID, spanId: SPAN_ID, traceFlags: TraceFlags.SAMPLED };

const span = (name: string): ReadableSpan => ({
  name,
  kind: SpanKind.SERVER,
  spanContext: () => spanContext,
  parentSpanContext: { ...spanContext, spanId: '00f067aa0ba902b7' },
  startTime: START,
  endTime: END,
  duration: [0, 0],
  ended: true,
  status: { code: SpanStatusCode.ERROR, message: 'division by zero' },
  attributes: { text: 'ü', int: 5, double: 0.5, yes: true, list: ['a', 'b'], big: 2 ** 53 - 1 },
  events: [{ name: 'exception', time: END, attributes: { 'exception.type': 'E' } }],
  links: [],
  resource,
  instrumentationScope,
  droppedAttributesCount: 0,
  droppedEventsCount: 0,
  droppedLinksCount: 0,
});

const logRecord = {
  hrTime: START,
  hrTimeObserved: END,
  spanContext,
  severityNumber: SeverityNumber.WARN,
  severityText: 'WARN',
  body: 'a line',
  attributes: { logger: 'calculator' },
  resource,
  instrumentationScope,
  droppedAttributesCount: 0,
} as unknown as ReadableLogRecord;

const histogram: ResourceMetrics = {
  resource,
  scopeMetrics: [
    {
      scope: instrumentationScope,
      metrics: [
        {
          descriptor: {
            name: 'mcp.requests.duration',
            description: 'd',
            unit: 'ms',
            type: InstrumentType.HISTOGRAM,
            valueType: 1,
          } as never,
          dataPointType: DataPointType.HISTOGRAM,
          aggregationTemporality: AggregationTemporality.CUMULATIVE,
          dataPoints: [
            {
              startTime: START,
              endTime: END,
              attributes: { method: 'ping' },
              value: { buckets: { boundaries: [1, 2], counts: [3, 0, 1] }, count: 4, sum: 9.5 },
            },
          ],
        },
      ],
    },
  ],
};

type Exporter<T> = {
  export(items: T, done: (result: ExportResult) => void): void;
  shutdown(): Promise<void>;
};
const send = <T>(exporter: Exporter<T>, items: T): Promise<boolean> =>
  new Promise((resolve) =>
    exporter.export(
      items,
      ({ code }) => void exporter.shutdown().then(() => resolve(code === ExportResultCode.SUCCESS)),
    ),
  );

// In a process of its own: these packages call import(), which jest's CommonJS cannot.
serveCalls({
  spans: (url: string, names: string[], options = {}) =>
    send(new OTLPTraceExporter({ url: `${url}/v1/traces`, ...options }), names.map(span)),
  histogram: (url: string) => send(new OTLPMetricExporter({ url: `${url}/v1/metrics` }), histogram),
  log: (url: string) => send(new OTLPLogExporter({ url: `${url}/v1/logs` }), [logRecord]),
});
