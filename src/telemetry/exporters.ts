import type { MeterProvider } from '@opentelemetry/api';
import { OTLPLogExporter } from '@opentelemetry/exporter-logs-otlp-proto';
import { OTLPMetricExporter } from '@opentelemetry/exporter-metrics-otlp-proto';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-proto';
import { CompressionAlgorithm } from '@opentelemetry/otlp-exporter-base';
import type { SignalSettings } from '../config/settings';
import { VERSION } from '../version';
import { FINAL_LANES } from './export-queue';

// OpenTelemetry's own exporters, told everything: they would else read the environment themselves.

export interface ExporterOptions {
  readonly signal: SignalSettings;
  /** An export may take so long. */
  readonly timeoutMillis: number;
  /** Where the exporter counts what it does (`otel.sdk.exporter.*`). */
  readonly meterProvider?: MeterProvider;
}

export const createTraceExporter = (options: ExporterOptions) =>
  new OTLPTraceExporter(otlpOptions(options));

export const createLogExporter = (options: ExporterOptions) =>
  new OTLPLogExporter(otlpOptions(options));

export const createMetricExporter = (options: ExporterOptions) =>
  new OTLPMetricExporter(otlpOptions(options));

function otlpOptions({ signal, timeoutMillis, meterProvider }: ExporterOptions) {
  const { url, headers, compression, tls } = signal;
  return {
    url,
    headers: { ...headers },
    timeoutMillis,
    compression: compression === 'gzip' ? CompressionAlgorithm.GZIP : CompressionAlgorithm.NONE,
    userAgent: `ts-calculator/${VERSION}`,
    // How many exports of one instance may run at once is the exporters' own setting.
    concurrencyLimit: FINAL_LANES,
    httpAgentOptions: { keepAlive: true, ...tls },
    ...(meterProvider && { selfObsMeterProvider: meterProvider }),
  };
}
