import {
  AggregationTemporality,
  AggregationType,
  InstrumentType,
  MetricReader,
  type ResourceMetrics,
} from '@opentelemetry/sdk-metrics';
import type { Settings } from '../config/settings';
import { END_RETRY_MILLIS, type Endpoint } from './endpoint';
import type { SnapshotProducer } from './metrics/producer';

const LAST_ATTEMPTS = 5;

export interface ExportingReaderOptions {
  readonly producer: SnapshotProducer;
  readonly send: (metrics: ResourceMetrics) => Promise<unknown>;
  /** Called after each export that succeeded. */
  readonly exported: () => void;
  readonly endpoint: Endpoint;
  readonly settings: Settings['metricExport'];
}

/**
 * Exports at once when told, and every interval. Unlike the SDK's periodic reader it does not wait at
 * the end for an export under way: behind a slow receiver the last counts would be lost.
 */
export class ExportingReader extends MetricReader {
  private timer: NodeJS.Timeout | undefined;
  private exporting = 0;
  private flushed: Promise<unknown> = Promise.resolve();

  constructor(private readonly options: ExportingReaderOptions) {
    const { producer, settings } = options;
    super({
      aggregationSelector: () => ({ type: AggregationType.DEFAULT }),
      // Of the SDK's own instruments, which count the exports.
      aggregationTemporalitySelector: (type) =>
        settings.temporality === 'cumulative' || isUpDown(type)
          ? AggregationTemporality.CUMULATIVE
          : AggregationTemporality.DELTA,
      metricProducers: [producer],
    });
  }

  protected override onInitialized(): void {
    this.timer = setInterval(() => void this.tick(), this.options.settings.intervalMillis);
    this.timer.unref();
  }

  /** One after the other. Never rejects: a worker would end of it. */
  protected override async onForceFlush(): Promise<void> {
    await (this.flushed = this.flushed.then(() => this.exportNow()));
  }

  /** Behind a receiver that fails for a moment the last counts are worth a few attempts. */
  protected override async onShutdown(): Promise<void> {
    clearInterval(this.timer);
    for (let attempt = 1; !(await this.exportNow()) && attempt < LAST_ATTEMPTS; attempt++) {
      await new Promise((resolve) => setTimeout(resolve, END_RETRY_MILLIS));
    }
  }

  /** @returns whether no other attempt is wanted */
  private async exportNow(): Promise<boolean> {
    const { endpoint, producer, settings, exported } = this.options;
    if (endpoint.isResting) return true;
    if (endpoint.askedToWait > 0) return false;
    let undo: (() => void) | undefined;
    this.exporting++;
    try {
      if (!endpoint.isKnownUp && !(await endpoint.reachable())) return true;
      const { resourceMetrics } = await this.collect({ timeoutMillis: settings.timeoutMillis });
      undo = producer.undo;
      if (resourceMetrics.scopeMetrics.length === 0) return true;
      await this.options.send(resourceMetrics);
      endpoint.succeeded();
      exported();
      return true;
    } catch (error) {
      if (endpoint.failed(error) !== 'retry') return true;
      undo?.();
      return false;
    } finally {
      this.exporting--;
    }
  }

  /** An export that is left out loses nothing: the next one has its counts. */
  private async tick(): Promise<void> {
    if (this.exporting === 0 && this.options.endpoint.wait === 0) await this.exportNow();
  }
}

function isUpDown(type: InstrumentType): boolean {
  return (
    type === InstrumentType.UP_DOWN_COUNTER || type === InstrumentType.OBSERVABLE_UP_DOWN_COUNTER
  );
}
