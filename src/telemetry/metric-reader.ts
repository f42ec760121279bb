import type { OTLPMetricExporter } from '@opentelemetry/exporter-metrics-otlp-proto';
import {
  MetricReader,
  type MetricProducer,
  type ResourceMetrics,
} from '@opentelemetry/sdk-metrics';
import type { Settings } from '../config/settings';
import type { Endpoint } from './endpoint';

export interface ExportingReaderOptions {
  readonly producer: MetricProducer;
  /** Where aggregation and temporality of the SDK's own instruments come from. */
  readonly exporter: OTLPMetricExporter;
  readonly send: (metrics: ResourceMetrics) => Promise<void>;
  readonly endpoint: Endpoint;
  readonly settings: Settings['metricExport'];
}

/**
 * Exports at once when told, and every interval. Unlike the SDK's periodic reader it does not wait at
 * the end for an export under way: behind a slow receiver the last counts would be lost.
 */
export class ExportingReader extends MetricReader {
  private timer: NodeJS.Timeout | undefined;
  private exporting = false;

  constructor(private readonly options: ExportingReaderOptions) {
    const { exporter, producer } = options;
    super({
      aggregationSelector: (type) => exporter.selectAggregation(type),
      aggregationTemporalitySelector: (type) => exporter.selectAggregationTemporality(type),
      metricProducers: [producer],
    });
  }

  protected override onInitialized(): void {
    this.timer = setInterval(() => void this.tick(), this.options.settings.intervalMillis);
    this.timer.unref();
  }

  protected override async onForceFlush(): Promise<void> {
    const { endpoint, settings } = this.options;
    if (endpoint.isResting) return;
    if (!endpoint.isKnownUp && !(await endpoint.reachable())) return;
    const { resourceMetrics } = await this.collect({ timeoutMillis: settings.timeoutMillis });
    if (resourceMetrics.scopeMetrics.length === 0) return;
    try {
      await this.options.send(resourceMetrics);
      endpoint.succeeded();
    } catch (error) {
      endpoint.failed(error);
    }
  }

  protected override async onShutdown(): Promise<void> {
    clearInterval(this.timer);
    await this.onForceFlush();
  }

  /** Counts are cumulative: an export that is left out loses nothing. */
  private async tick(): Promise<void> {
    if (this.exporting || this.options.endpoint.wait > 0) return;
    this.exporting = true;
    await this.onForceFlush().finally(() => (this.exporting = false));
  }
}
