import type { MeterProvider } from '@opentelemetry/api';
import {
  MeterProvider as SdkMeterProvider,
  type ResourceMetrics,
} from '@opentelemetry/sdk-metrics';
import { SIGNALS, type Settings, type SignalName } from '../config/settings';
import type { Operation } from '../tap/operation';
import { Answers } from './answers';
import { Endpoint } from './endpoint';
import { ExportFailure, exportOnce, type Exporter } from './export-once';
import { ExportQueue } from './export-queue';
import { createLogExporter, createMetricExporter, createTraceExporter } from './exporters';
import type { LogEntry } from './log-entry';
import { ExportingReader } from './metric-reader';
import { SnapshotProducer } from './metrics/producer';
import { createLogEncoder } from './otlp/log-encoder';
import type { OtlpWriter } from './otlp/otlp-writer';
import { RequestPacker, type ExportRequest, type Origin } from './otlp/request-packer';
import { createSpanEncoder } from './otlp/span-encoder';
import type { Notices } from './notices';
import type { PartialSuccesses } from './partial-success';
import type { PipelineHost, PipelineInit, RecordSignal } from './pipeline';
import { spanOptions } from './record-factories';
import type { ToolCatalogue } from './vocabularies/tool-catalogue';

export interface SignalInputs {
  readonly init: PipelineInit;
  readonly tools: ToolCatalogue;
  readonly host: PipelineHost;
  readonly notices: Notices;
  readonly partial: PartialSuccesses;
  readonly origin: Origin;
}

/** The three signals on their way over OTLP; each is absent where it is not wanted. */
export interface OtlpSignals {
  readonly spans?: ExportQueue<Operation, ExportRequest>;
  readonly logs?: ExportQueue<LogEntry, ExportRequest>;
  readonly metrics?: ExportingReader;
  /** Looks who listens, so that a user whose receiver is not there hears of it before his first call. */
  start(): Promise<void>;
}

export function createOtlpSignals(inputs: SignalInputs): OtlpSignals {
  const { init, host, notices, origin } = inputs;
  const { settings } = init;
  const answers = new Answers();
  const wanted = (signal: SignalName) => settings.signals[signal].exporters.includes('otlp');
  const endpointOf = (signal: SignalName) =>
    wanted(signal)
      ? new Endpoint(signal, settings.signals[signal], notices, () => host.found(signal))
      : undefined;
  const [traces, metrics, logs] = SIGNALS.map(endpointOf);

  const metricExporter = createMetricExporter(exporterOptions(settings, 'metrics'));
  const reader =
    metrics && createReader(inputs, metrics, sender(inputs, answers, metrics, metricExporter));
  const meterProvider: MeterProvider = new SdkMeterProvider({
    resource: origin.resource,
    readers: reader ? [reader] : [],
  });
  // The provider is made of the reader that uses this exporter.
  metricExporter.setSelfObsMeterProvider(meterProvider);

  const queue = <T>(
    signal: RecordSignal,
    endpoint: Endpoint,
    exporter: Exporter<ExportRequest>,
    encode: (writer: OtlpWriter, item: T) => void,
  ) =>
    new ExportQueue({
      endpoint,
      limits: signal === 'spans' ? settings.spanBatch : settings.logBatch,
      packer: new RequestPacker(origin, encode),
      send: sender(inputs, answers, endpoint, exporter),
      settled: (count, fate) => host.settled({ signal, count, fate }),
    });
  const spanExporter = createTraceExporter(exporterOptions(settings, 'traces', meterProvider));
  const logExporter = createLogExporter(exporterOptions(settings, 'logs', meterProvider));

  return {
    ...(traces && {
      spans: queue(
        'spans',
        traces,
        spanExporter,
        createSpanEncoder(spanOptions(init, inputs.tools)),
      ),
    }),
    ...(logs && { logs: queue('logs', logs, logExporter, createLogEncoder(settings.logLimits)) }),
    ...(reader && { metrics: reader }),
    async start() {
      // The first export of metrics looks for itself.
      const looks = [traces, logs].map((endpoint) => endpoint?.reachable());
      await Promise.all([...looks, reader?.forceFlush()]);
    },
  };
}

function createReader(
  { init, host, origin }: SignalInputs,
  endpoint: Endpoint,
  send: (metrics: ResourceMetrics) => Promise<unknown>,
): ExportingReader {
  const { settings, baseline, exportBaseline } = init;
  return new ExportingReader({
    endpoint,
    send,
    exported: () => host.settled({ signal: 'metrics', fate: 'exported' }),
    settings: settings.metricExport,
    producer: new SnapshotProducer({
      pull: () => host.pull(),
      ...origin,
      temporality: settings.metricExport.temporality,
      ...(exportBaseline ? { first: baseline } : { baseline }),
    }),
  });
}

/** @returns exports one batch; resolves with how many of it the receiver would not take */
function sender<Items>(
  { init, partial, notices }: SignalInputs,
  answers: Answers,
  endpoint: Endpoint,
  exporter: Exporter<Items>,
): (items: Items) => Promise<number> {
  const { signal, url } = endpoint;
  const { timeoutMillis } = exporterOptions(init.settings, signal);
  return async (items) => {
    const once = () => exportOnce(exporter, items, { answers, partial, timeoutMillis });
    const left = await once().catch((error: unknown) => {
      if (error instanceof ExportFailure && error.isStale) return once();
      throw error;
    });
    if (left) notices.partial(signal, url, left.rejected, left.message);
    return left?.rejected ?? 0;
  };
}

function exporterOptions(settings: Settings, name: SignalName, meterProvider?: MeterProvider) {
  const signal = settings.signals[name];
  const limits = {
    traces: settings.spanBatch.exportTimeoutMillis,
    metrics: settings.metricExport.timeoutMillis,
    logs: settings.logBatch.exportTimeoutMillis,
  };
  const timeoutMillis = Math.min(limits[name], signal.timeoutMillis);
  return { signal, timeoutMillis, ...(meterProvider && { meterProvider }) };
}
