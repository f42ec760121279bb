import type { InstrumentationScope } from '@opentelemetry/core';
import type { Resource } from '@opentelemetry/resources';
import type { CollectionResult, MetricData, MetricProducer } from '@opentelemetry/sdk-metrics';
import { subtract } from './delta';
import { toMetricData } from './metric-data';
import type { MetricSnapshot } from './snapshot';

export interface SnapshotProducerOptions {
  /** Asks for the counts of now. */
  readonly pull: () => Promise<MetricSnapshot>;
  readonly resource: Resource;
  readonly scope: InstrumentationScope;
  /** `lowmemory` differs from `delta` in asynchronous instruments only, of which there are none. */
  readonly temporality: 'cumulative' | 'delta' | 'lowmemory';
  /** The counts of the start, handed out by the first collection. */
  readonly first?: MetricSnapshot;
  /** What an earlier producer handed out last; deltas go on from there. */
  readonly baseline?: MetricSnapshot;
}

/** Hands snapshots to OpenTelemetry's reader as if its SDK had collected them. */
export class SnapshotProducer implements MetricProducer {
  private first: MetricSnapshot | undefined;
  private previous: MetricSnapshot | undefined;
  private beforePrevious: MetricSnapshot | undefined;

  constructor(private readonly options: SnapshotProducerOptions) {
    this.first = options.first;
    this.previous = options.baseline;
  }

  /** A failing `pull` is told in `errors`, with no metrics: the reader must live on. */
  async collect(): Promise<CollectionResult> {
    const { resource, scope } = this.options;
    try {
      const snapshot = await this.next();
      const metrics = this.convert(snapshot);
      return { resourceMetrics: { resource, scopeMetrics: [{ scope, metrics }] }, errors: [] };
    } catch (error) {
      return { resourceMetrics: { resource, scopeMetrics: [] }, errors: [error] };
    }
  }

  /** What to call where the collection just made does not arrive: a later one takes up its deltas. */
  get undo(): () => void {
    const { beforePrevious } = this;
    return () => {
      const isEarlier = (beforePrevious?.time ?? 0) < (this.previous?.time ?? 0);
      if (isEarlier) this.previous = beforePrevious;
    };
  }

  private async next(): Promise<MetricSnapshot> {
    const { first } = this;
    this.first = undefined;
    return first ?? this.options.pull();
  }

  private convert(snapshot: MetricSnapshot): MetricData[] {
    if (this.options.temporality === 'cumulative') return toMetricData(snapshot);
    const { previous } = this;
    this.beforePrevious = previous;
    this.previous = snapshot;
    if (previous?.startTime !== snapshot.startTime) {
      return toMetricData(snapshot, snapshot.startTime);
    }
    return toMetricData(subtract(snapshot, previous), previous.time);
  }
}
