import type { MeterProvider } from '@opentelemetry/api';
import { ExportResultCode, type ExportResult } from '@opentelemetry/core';
import {
  createOtlpNetworkExportDelegate,
  OTLPExporterBase,
} from '@opentelemetry/otlp-exporter-base';
import { createOtlpHttpExporterMetrics } from '@opentelemetry/otlp-exporter-base/node-http';
import {
  LogsExporterMetricsHelper,
  MetricsExporterMetricsHelper,
  ProtobufLogsSerializer,
  ProtobufMetricsSerializer,
  ProtobufTraceSerializer,
  TraceExporterMetricsHelper,
  type IExporterMetricsHelper,
  type ISerializer,
} from '@opentelemetry/otlp-transformer';
import type { SignalSettings } from '../config/settings';
import { FINAL_LANES } from './export-queue';
import { OtlpTransport } from './otlp-transport';
import type { PartialSuccess, PartialSuccesses } from './partial-success';

// OpenTelemetry's own exporters but for the transport, told everything: nothing of theirs is to read
// the environment.

export interface ExporterOptions {
  readonly signal: SignalSettings;
  /** An export may take no longer than this and than the signal's own timeout. */
  readonly timeoutMillis: number;
  /** Where the exporter counts what it does. */
  readonly meterProvider?: MeterProvider;
}

export const createTraceExporter = (options: ExporterOptions) =>
  create('span', options, ProtobufTraceSerializer, TraceExporterMetricsHelper);

export const createLogExporter = (options: ExporterOptions) =>
  create('log', options, ProtobufLogsSerializer, LogsExporterMetricsHelper);

export const createMetricExporter = (options: ExporterOptions) =>
  create('metric', options, ProtobufMetricsSerializer, MetricsExporterMetricsHelper);

function create<Items, Response>(
  kind: string,
  { signal, timeoutMillis, meterProvider }: ExporterOptions,
  serializer: ISerializer<Items, Response>,
  helper: IExporterMetricsHelper<Items>,
): OTLPExporterBase<Items> {
  const type = `otlp_http_${kind}_exporter`;
  const delegate = createOtlpNetworkExportDelegate(
    {
      timeoutMillis: Math.min(timeoutMillis, signal.timeoutMillis),
      // How many exports of one instance may run at once is OpenTelemetry's own setting.
      concurrencyLimit: FINAL_LANES,
      compression: signal.compression,
    },
    serializer,
    createOtlpHttpExporterMetrics(type, helper, signal.url, meterProvider),
    new OtlpTransport(signal),
  );
  return new OTLPExporterBase(delegate);
}

interface Exporter<T> {
  export(items: T, callback: (result: ExportResult) => void): void;
}

/**
 * One export as a promise. Rejects with an `ExportFailure` where the receiver is at fault.
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
