import type { MeterProvider } from '@opentelemetry/api';
import { ExportResultCode, type ExportResult } from '@opentelemetry/core';
import { OTLPLogExporter } from '@opentelemetry/exporter-logs-otlp-proto';
import { OTLPMetricExporter } from '@opentelemetry/exporter-metrics-otlp-proto';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-proto';
import { CompressionAlgorithm } from '@opentelemetry/otlp-exporter-base';
import { AggregationTemporality } from '@opentelemetry/sdk-metrics';
import type { Settings, SignalSettings } from '../config/settings';
import { FINAL_LANES } from './export-queue';
import type { PartialSuccess, PartialSuccesses } from './partial-success';

// OpenTelemetry's own exporters, told everything: they would else read the environment themselves.

export function createTraceExporter(signal: SignalSettings, meterProvider: MeterProvider) {
  return new OTLPTraceExporter({ ...otlpOptions(signal), selfObsMeterProvider: meterProvider });
}

export function createLogExporter(signal: SignalSettings, meterProvider: MeterProvider) {
  return new OTLPLogExporter({ ...otlpOptions(signal), selfObsMeterProvider: meterProvider });
}

/** Its reader is what a meter provider is made of, so it gets the provider afterwards. */
export function createMetricExporter(
  signal: SignalSettings,
  temporality: Settings['metricExport']['temporality'],
) {
  return new OTLPMetricExporter({
    ...otlpOptions(signal),
    temporalityPreference:
      temporality === 'cumulative'
        ? AggregationTemporality.CUMULATIVE
        : AggregationTemporality.DELTA,
  });
}

function otlpOptions({ url, headers, timeoutMillis, compression, tls }: SignalSettings) {
  return {
    url,
    headers: { ...headers },
    timeoutMillis,
    compression: compression === 'gzip' ? CompressionAlgorithm.GZIP : CompressionAlgorithm.NONE,
    // How many exports of one instance may run at once is the exporters' own setting.
    concurrencyLimit: FINAL_LANES,
    httpAgentOptions: { keepAlive: true, ...tls },
  };
}

interface Exporter<T> {
  export(items: T, callback: (result: ExportResult) => void): void;
}

/**
 * One export as a promise. Rejects with the exporter's error.
 *
 * @returns what a receiver that took a part says of the rest
 */
export function exportOnce<T>(
  exporter: Exporter<T>,
  items: T,
  partial: PartialSuccesses,
): Promise<PartialSuccess | undefined> {
  return new Promise((resolve, reject) => {
    exporter.export(items, ({ code, error }) => {
      if (code === ExportResultCode.SUCCESS) resolve(partial.take());
      else reject(error ?? new Error('the export failed'));
    });
  });
}
