import type { MeterProvider } from '@opentelemetry/api';
import { OTLPMetricExporter } from '@opentelemetry/exporter-metrics-otlp-proto';
import { CompressionAlgorithm } from '@opentelemetry/otlp-exporter-base';
import {
  convertLegacyHttpOptions,
  createOtlpHttpExportDelegate,
} from '@opentelemetry/otlp-exporter-base/node-http';
import { ProtobufLogsSerializer, ProtobufTraceSerializer } from '@opentelemetry/otlp-transformer';
import type { SignalSettings } from '../config/settings';
import { VERSION } from '../version';
import { createAgent } from './agent';
import type { Exporter } from './export-once';
import { FINAL_LANES } from './export-queue';
import type { ExportRequest } from './otlp/request-packer';

// OpenTelemetry's own exporters, told everything: they would else read the environment themselves.

export interface ExporterOptions {
  readonly signal: SignalSettings;
  /** An export may take so long. */
  readonly timeoutMillis: number;
  /** Where the exporter counts what it does (`otel.sdk.exporter.*`). */
  readonly meterProvider?: MeterProvider;
}

export const createTraceExporter = (options: ExporterOptions) =>
  createRequestExporter(options, {
    signal: 'TRACES',
    path: 'v1/traces',
    component: 'otlp_http_span_exporter',
    record: 'span',
    serializer: ProtobufTraceSerializer,
  });

export const createLogExporter = (options: ExporterOptions) =>
  createRequestExporter(options, {
    signal: 'LOGS',
    path: 'v1/logs',
    component: 'otlp_http_log_exporter',
    record: 'log',
    serializer: ProtobufLogsSerializer,
  });

export const createMetricExporter = (options: ExporterOptions) =>
  new OTLPMetricExporter(otlpOptions(options));

/** As the official exporters of the signal have them. */
interface Parts {
  readonly signal: string;
  readonly path: string;
  /** `otel.component.type` */
  readonly component: string;
  /** What `otel.sdk.exporter.*` counts. */
  readonly record: 'span' | 'log';
  readonly serializer: { deserializeResponse(data: Uint8Array): unknown };
}

/** An official exporter but for one part: what it is given is serialized already. */
function createRequestExporter(
  options: ExporterOptions,
  { signal, path, component, record, serializer }: Parts,
): Exporter<ExportRequest> {
  const headers = { 'Content-Type': 'application/x-protobuf' };
  return createOtlpHttpExportDelegate(
    convertLegacyHttpOptions(otlpOptions(options), signal, path, headers),
    {
      serializeRequest: ({ body }: ExportRequest) => body,
      deserializeResponse: (data) => serializer.deserializeResponse(data),
    },
    component,
    { name: record, countItems: ({ count }: ExportRequest) => count },
    options.meterProvider,
  );
}

function otlpOptions({ signal, timeoutMillis, meterProvider }: ExporterOptions) {
  const { url, headers, compression } = signal;
  return {
    url,
    headers: { ...headers },
    timeoutMillis,
    compression: compression === 'gzip' ? CompressionAlgorithm.GZIP : CompressionAlgorithm.NONE,
    userAgent: `ts-calculator/${VERSION}`,
    // How many exports of one instance may run at once is the exporters' own setting.
    concurrencyLimit: FINAL_LANES,
    httpAgentOptions: () => createAgent(signal),
    ...(meterProvider && { selfObsMeterProvider: meterProvider }),
  };
}
