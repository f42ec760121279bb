/**
 * What the user reads on stderr for each answer of a Phoenix, or of what stands in its place: level
 * and text of the line, whose URL is the signal's.
 */
export const TOLD = {
  answers: (url: string) => `INFO telemetry: traces: ${url} answers`,
  401: (url: string) =>
    `WARN telemetry: traces: ${url} answered 401: it wants a key, or another one: PHOENIX_API_KEY beside PHOENIX_ENDPOINT for a Phoenix, else OTEL_EXPORTER_OTLP_HEADERS. Tried again every 5 minutes`,
  403: (url: string) =>
    `WARN telemetry: traces: ${url} answered 403: the key that was sent, or none, gives no right to write there: use one that does (in Phoenix, not a viewer's). Tried again every 5 minutes`,
  405: (url: string) =>
    `WARN telemetry: traces: ${url} answered 405: no OTLP/HTTP protobuf traces are taken there: check host, port and path (Phoenix: /v1/traces). Tried again every 5 minutes`,
  '405 metrics': (url: string) =>
    `WARN telemetry: metrics: ${url} answered 405: metrics are not taken there. Phoenix takes traces only: send metrics to a collector with OTEL_EXPORTER_OTLP_METRICS_ENDPOINT or PHOENIX_METRICS_ENDPOINT, or nowhere with --metrics none. Tried again every 5 minutes`,
  '405 logs': (url: string) =>
    `WARN telemetry: logs: ${url} answered 405: logs are not taken there. Phoenix takes traces only: send logs to a collector with OTEL_EXPORTER_OTLP_LOGS_ENDPOINT, or nowhere with --logs none. Tried again every 5 minutes`,
  415: (url: string) =>
    `WARN telemetry: traces: ${url} answered 415: OTLP as protobuf is not taken there, or a header that you set calls it something else: check the address, and OTEL_EXPORTER_OTLP_HEADERS. Tried again every 5 minutes`,
  422: (url: string) =>
    `WARN telemetry: traces: ${url} answered 422 (it cannot read what was sent: look at its log, and at what stands between); such a batch is dropped (told once)`,
  500: (url: string) =>
    `WARN telemetry: traces: ${url} answered 500 (a fault of its own: look at its log); such a batch is dropped (told once)`,
  503: (url: string) =>
    `WARN telemetry: traces: ${url}: answered 503 (it has more than it can take: if that lasts, send fewer with OTEL_TRACES_SAMPLER); what is made is kept and it is tried again`,
  507: (url: string) =>
    `WARN telemetry: traces: ${url} answered 507 (its database is full: delete what is old there, or give it more room); such a batch is dropped (told once)`,
  'a web page': (url: string) =>
    `WARN telemetry: traces: ${url} answered 200 with a web page: another program answers there: check host, port and path. Tried again every 5 minutes`,
  'a closed port': (url: string) =>
    `WARN telemetry: nothing answers at ${new URL(url).origin} (traces; ECONNREFUSED): check host and port; what is made is kept for a while and it is tried again`,
  'another protocol': (url: string) =>
    `WARN telemetry: traces: ${url}: Parse Error: Expected HTTP/, RTSP/ or ICE/ (no HTTP/1.1 is spoken there: check host and port; 4317 is for gRPC, OTLP over HTTP has 6006 at a Phoenix and 4318 at a collector); what is made is kept and it is tried again`,
} as const;

/** The warning at exit, where spans were lost. */
export const dropped = (spans: number, why: string): string =>
  `WARN telemetry: ${spans} spans dropped (${why})`;
