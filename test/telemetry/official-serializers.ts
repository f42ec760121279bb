import { createRequire } from 'node:module';
import type { ReadableLogRecord } from '@opentelemetry/sdk-logs';
import type { ResourceMetrics } from '@opentelemetry/sdk-metrics';
import type { ReadableSpan } from '@opentelemetry/sdk-trace-node';

interface Serializer<T> {
  serializeRequest(items: T): Uint8Array;
}

interface Serializers {
  readonly ProtobufTraceSerializer: Serializer<readonly ReadableSpan[]>;
  readonly ProtobufLogsSerializer: Serializer<readonly ReadableLogRecord[]>;
  readonly ProtobufMetricsSerializer: Serializer<ResourceMetrics>;
}

/** Those of the official exporters, which bring the package along instead of re-exporting it. */
export function officialSerializers(): Serializers {
  const exporter = require.resolve('@opentelemetry/exporter-trace-otlp-proto');
  return createRequire(exporter)('@opentelemetry/otlp-transformer') as Serializers;
}
