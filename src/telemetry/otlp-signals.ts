import type { MeterProvider } from '@opentelemetry/api';
import {
  MeterProvider as SdkMeterProvider,
  type ResourceMetrics,
} from '@opentelemetry/sdk-metrics';
import type { SignalName } from '../config/settings';
import type { Operation } from '../tap/operation';
import { Endpoint } from './endpoint';
import { ExportQueue } from './export-queue';
import {
  createLogExporter,
  createMetricExporter,
  createTraceExporter,
  exportOnce,
} from './exporters';
import type { LogEntry } from './log-entry';
import { ExportingReader } from './metric-reader';
import { SnapshotProducer } from './metrics/producer';
import type { Notices } from './notices';
import type { PartialSuccesses } from './partial-success';
import type { PipelineHost, PipelineInit, RecordSignal } from './pipeline';
import type { RecordFactories } from './record-factories';

export interface SignalInputs {
  readonly init: PipelineInit;
  readonly host: PipelineHost;
  readonly notices: Notices;
  readonly partial: PartialSuccesses;
  readonly factories: RecordFactories;
}

/** The three signals on their way over OTLP; each is absent where it is not wanted. */
export interface OtlpSignals {
  readonly spans?: ExportQueue<Operation>;
  readonly logs?: ExportQueue<LogEntry>;
  readonly metrics?: ExportingReader;
  /** Looks who listens, so that a user whose receiver is not there hears of it before his first call. */
  start(): Promise<void>;
}

export function createOtlpSignals(inputs: SignalInputs): OtlpSignals {
  const { settings } = inputs.init;
  const wanted = (signal: SignalName) => settings.signals[signal].exporters.includes('otlp');
  const endpointOf = (signal: SignalName) =>
    new Endpoint(signal, settings.signals[signal], inputs.notices);

  const metrics = wanted('metrics') ? createMetrics(inputs, endpointOf('metrics')) : undefined;
  const meterProvider: MeterProvider = new SdkMeterProvider({
    resource: inputs.factories.resource,
    readers: metrics ? [metrics] : [],
  });
  const traces = wanted('traces') ? endpointOf('traces') : undefined;
  const logs = wanted('logs') ? endpointOf('logs') : undefined;
  const spanExporter = createTraceExporter({
    signal: settings.signals.traces,
    timeoutMillis: settings.spanBatch.exportTimeoutMillis,
    meterProvider,
  });
  const logExporter = createLogExporter({
    signal: settings.signals.logs,
    timeoutMillis: settings.logBatch.exportTimeoutMillis,
    meterProvider,
  });
  const { factories, partial, host, notices } = inputs;

  const queue = <T, R>(
    signal: RecordSignal,
    endpoint: Endpoint,
    exporter: Parameters<typeof exportOnce<R[]>>[0],
    make: (item: T) => R,
  ) =>
    new ExportQueue<T>({
      endpoint,
      limits: signal === 'spans' ? settings.spanBatch : settings.logBatch,
      send: async (items) => {
        const left = await exportOnce(exporter, items.map(make), partial);
        if (!left) return 0;
        notices.partial(endpoint.signal, endpoint.url, left.rejected, left.message);
        return Math.min(left.rejected, items.length);
      },
      settled: (count, fate) => host.settled({ signal, count, fate }),
    });

  return {
    ...(traces && { spans: queue('spans', traces, spanExporter, factories.span) }),
    ...(logs && { logs: queue('logs', logs, logExporter, factories.logRecord) }),
    ...(metrics && { metrics }),
    async start() {
      // The first export of metrics looks for itself.
      const looks = [traces, logs].map((endpoint) => endpoint?.reachable());
      await Promise.all([...looks, metrics?.forceFlush()]);
    },
  };
}

function createMetrics(
  { init, host, partial, notices, factories }: SignalInputs,
  endpoint: Endpoint,
) {
  const { settings, baseline, exportBaseline } = init;
  const exporter = createMetricExporter({
    signal: settings.signals.metrics,
    timeoutMillis: settings.metricExport.timeoutMillis,
  });
  const reader = new ExportingReader({
    endpoint,
    settings: settings.metricExport,
    producer: new SnapshotProducer({
      pull: () => host.pull(),
      resource: factories.resource,
      scope: factories.scope,
      temporality: settings.metricExport.temporality,
      ...(exportBaseline ? { first: baseline } : { baseline }),
    }),
    send: async (metrics: ResourceMetrics) => {
      const left = await exportOnce(exporter, metrics, partial);
      if (left) notices.partial('metrics', endpoint.url, left.rejected, left.message);
    },
  });
  return reader;
}
