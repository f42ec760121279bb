/** Decoded OTLP as tests like to read it: flat lists, plain objects, ids in hex, times in ns. */

export const SIGNALS = ['traces', 'metrics', 'logs'] as const;
export type Signal = (typeof SIGNALS)[number];

/** An int64 is a number where a double holds it exactly, else a BigInt. Bytes are a Buffer. */
export type Value = string | number | bigint | boolean | Buffer | null | Value[] | Attributes;
export interface Attributes {
  [key: string]: Value;
}

export interface Origin {
  /** The resource's attributes. */
  resource: Attributes;
  scope: { name: string; version: string; attributes: Attributes };
  schemaUrl: string;
}

export interface SpanEvent {
  name: string;
  time: bigint;
  attributes: Attributes;
}

export interface SpanLink {
  traceId: string;
  spanId: string;
  attributes: Attributes;
}

export type SpanKind = 'UNSPECIFIED' | 'INTERNAL' | 'SERVER' | 'CLIENT' | 'PRODUCER' | 'CONSUMER';
export type StatusCode = 'UNSET' | 'OK' | 'ERROR';

export interface Span extends Origin {
  name: string;
  kind: SpanKind;
  traceId: string;
  spanId: string;
  /** Empty for a root. */
  parentSpanId: string;
  traceState: string;
  flags: number;
  start: bigint;
  end: bigint;
  status: { code: StatusCode; message: string };
  attributes: Attributes;
  events: SpanEvent[];
  links: SpanLink[];
  droppedAttributes: number;
}

export type PointType = 'gauge' | 'sum' | 'histogram' | 'exponential_histogram' | 'summary';

/** One data point of a metric, with the metric's own description on it. */
export interface MetricPoint extends Origin {
  name: string;
  description: string;
  unit: string;
  type: PointType;
  /** Sums and histograms. */
  temporality: 'unspecified' | 'delta' | 'cumulative' | undefined;
  monotonic: boolean | undefined;
  attributes: Attributes;
  start: bigint;
  time: bigint;
  /** Gauges and sums. */
  value: number | bigint | undefined;
  /** Histograms. */
  count: number | bigint | undefined;
  sum: number | undefined;
  min: number | undefined;
  max: number | undefined;
  bucketCounts: (number | bigint)[];
  bounds: number[];
}

export interface LogRecord extends Origin {
  time: bigint;
  observedTime: bigint;
  severityNumber: number;
  severityText: string;
  body: Value;
  attributes: Attributes;
  /** Empty where the record belongs to no span. */
  traceId: string;
  spanId: string;
  flags: number;
  eventName: string;
}

export interface Decoded {
  spans: Span[];
  metrics: MetricPoint[];
  logs: LogRecord[];
}
