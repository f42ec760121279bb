/** The resolved configuration: parsed once, at the edge, then passed down. Plain, cloneable data. */
export interface Settings {
  readonly serviceName: string;
  /** Empty: not known, as of an observed server that does not say. */
  readonly serviceVersion: string;
  /** OTEL_RESOURCE_ATTRIBUTES, decoded. `service.name` in it counts as lower than serviceName's own sources. */
  readonly resourceAttributes: Readonly<Record<string, string>>;
  readonly phoenixProject: string;
  readonly sdkDisabled: boolean;
  readonly signals: Readonly<Record<SignalName, SignalSettings>>;
  readonly vocabularies: readonly VocabularyName[];
  readonly captureContent: boolean;
  /** `observe`: words in keys whose values are secrets, beside the usual ones. */
  readonly redact: readonly string[];
  /** `observe`: whether the span's context is written into what goes to the server. */
  readonly propagate: boolean;
  readonly logLevel: LogLevel;
  readonly logFormat: 'text' | 'json';
  /** OTEL_LOG_LEVEL: OpenTelemetry's own diagnostics. */
  readonly diagLevel: DiagLevel;
  readonly fault: FaultSettings;
  /** Absent: messages come on stdin. */
  readonly http?: HttpSettings;
  readonly propagators: readonly ('tracecontext' | 'baggage')[];
  readonly sampler: SamplerSettings;
  readonly spanBatch: BatchSettings;
  readonly logBatch: BatchSettings;
  readonly metricExport: {
    readonly intervalMillis: number;
    /** Never above the interval: the SDK refuses that. */
    readonly timeoutMillis: number;
    readonly temporality: 'cumulative' | 'delta' | 'lowmemory';
  };
  readonly spanLimits: AttributeLimits;
  readonly logLimits: AttributeLimits;
}

/** What carries the messages. */
export const TRANSPORTS = ['stdio', 'http'] as const;

/** The HTTP door: where it is, and whom it lets in. */
export interface HttpSettings {
  /** A name or an address; an IPv6 address without its brackets. */
  readonly host: string;
  /** 0: any free one. */
  readonly port: number;
  /** Begins with a slash. */
  readonly path: string;
  readonly sessionIdleMillis: number;
  /** SHA-256 of each bearer token, in hex; none: nobody is asked for one. */
  readonly tokenDigests: readonly string[];
  /** `https://app.example.com`, as a browser writes them. */
  readonly allowedOrigins: readonly string[];
  /** In lower case. */
  readonly allowedHosts: readonly string[];
}

export const SIGNALS = ['traces', 'metrics', 'logs'] as const;
export type SignalName = (typeof SIGNALS)[number];
export const VOCABULARIES = ['calculator', 'semconv', 'openinference'] as const;
export type VocabularyName = (typeof VOCABULARIES)[number];
export const LOG_LEVELS = ['error', 'warn', 'info', 'debug'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];
export type DiagLevel = 'none' | 'error' | 'warn' | 'info' | 'debug' | 'verbose' | 'all';

export interface SignalSettings {
  /** Empty: none. */
  readonly exporters: readonly ('otlp' | 'console')[];
  /** The full URL that is posted to. */
  readonly url: string;
  /** The HTTP proxy that it is reached through; may hold a password, so never print it as it is. */
  readonly proxy?: string;
  /** Someone set the endpoint (flag, variable or file); false: it is the built-in default. */
  readonly configured: boolean;
  /** Header names in lower case; secrets included, so never print them. */
  readonly headers: Readonly<Record<string, string>>;
  readonly timeoutMillis: number;
  readonly compression: 'none' | 'gzip';
  /** PEM texts. */
  readonly tls: { readonly ca?: string; readonly cert?: string; readonly key?: string };
}

export interface FaultSettings {
  /** Milliseconds that each tool call is delayed; 0: none. */
  readonly slowMillis: number;
  /** Share of tool calls, 0 to 1, that fail as `internal`. */
  readonly errorShare: number;
}

export type SamplerName =
  | 'always_on'
  | 'always_off'
  | 'traceidratio'
  | 'parentbased_always_on'
  | 'parentbased_always_off'
  | 'parentbased_traceidratio';
export interface SamplerSettings {
  readonly name: SamplerName;
  /** 0 to 1; used by the ratio samplers. */
  readonly ratio: number;
}

export interface BatchSettings {
  readonly scheduleDelayMillis: number;
  readonly maxQueueSize: number;
  readonly maxExportBatchSize: number;
  readonly exportTimeoutMillis: number;
}

export interface AttributeLimits {
  /** Characters; Infinity: none. */
  readonly valueLength: number;
  readonly count: number;
}
