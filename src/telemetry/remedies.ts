import type { SignalName } from '../config/settings';

/**
 * What kept an export from success: an answer's status, a network error's code, or in a word of our own
 * a web page (`html`), silence on an open connection (`silent`), a Phoenix that is `behind`.
 */
export type Cause = number | string;
type Text = string | ((signal: SignalName) => string);

const UNREADABLE = 'it cannot read what was sent: look at its log, and at what stands between';
const ELSEWHERE: Text = (signal) =>
  signal === 'traces'
    ? 'no OTLP/HTTP protobuf traces are taken there: check host, port and path (Phoenix: /v1/traces)'
    : `${signal} are not taken there. Phoenix takes traces only: send ${signal} to a collector with ` +
      `${ADDRESS[signal]}, or nowhere with --${signal} none`;
/** What sends a signal elsewhere and leaves the others where they go. */
const ADDRESS: Readonly<Record<SignalName, string>> = {
  traces: '--phoenix-endpoint',
  metrics: 'OTEL_EXPORTER_OTLP_METRICS_ENDPOINT or PHOENIX_METRICS_ENDPOINT',
  logs: 'OTEL_EXPORTER_OTLP_LOGS_ENDPOINT',
};
const TOO_MUCH: Text = (signal) =>
  signal === 'traces'
    ? 'it has more than it can take: if that lasts, send fewer with OTEL_TRACES_SAMPLER'
    : 'it has more than it can take';
const GATEWAY = 'a gateway that does not reach what is behind it';
const BATCH_SIZES: Readonly<Partial<Record<SignalName, string>>> = {
  traces: 'OTEL_BSP_MAX_EXPORT_BATCH_SIZE',
  logs: 'OTEL_BLRP_MAX_EXPORT_BATCH_SIZE',
};

const AUTHORITY =
  "its certificate's authority is not known here: name the PEM file with it in OTEL_EXPORTER_OTLP_CERTIFICATE";
const CLIENT_CERTIFICATE =
  "it wants a client's certificate: OTEL_EXPORTER_OTLP_CLIENT_CERTIFICATE and OTEL_EXPORTER_OTLP_CLIENT_KEY";
const NO_HTTP =
  'no HTTP/1.1 is spoken there: check host and port; 4317 is for gRPC, OTLP over HTTP has 6006 at a Phoenix and 4318 at a collector';
const NO_TLS = 'no TLS is spoken there: http:// in place of https://?';

const NOBODY: Text = (signal) =>
  signal === 'traces'
    ? `nothing listens there: start Phoenix (phoenix serve), or say where one is with ${ADDRESS.traces}`
    : `nothing listens there: start a collector, say where one is with ${ADDRESS[signal]}, or turn ${signal} off with --${signal} none`;
const NO_WAY = 'there is no way there: check the address and the network';

const REMEDIES: Readonly<Record<Cause, Text>> = {
  400: UNREADABLE,
  401: (signal) =>
    signal === 'traces'
      ? 'it wants a key, or another one: PHOENIX_API_KEY beside PHOENIX_ENDPOINT for a Phoenix, else OTEL_EXPORTER_OTLP_HEADERS'
      : 'it wants a key, or another one: OTEL_EXPORTER_OTLP_HEADERS',
  403: "the key that was sent, or none, gives no right to write there: use one that does (in Phoenix, not a viewer's)",
  404: (signal) =>
    signal === 'traces'
      ? 'no traces are taken under that path: check host, port and path (Phoenix: /v1/traces)'
      : `${signal} are not taken under that path: check host, port and path (/v1/${signal}; Phoenix takes traces only)`,
  405: ELSEWHERE,
  407: 'the proxy wants a name and a password, or others: put them into its URL',
  413: (signal) => {
    const size = BATCH_SIZES[signal];
    return size === undefined ? 'too large' : `too large: lower ${size}`;
  },
  415: 'OTLP as protobuf is not taken there, or a header that you set calls it something else: check the address, and OTEL_EXPORTER_OTLP_HEADERS',
  422: UNREADABLE,
  429: TOO_MUCH,
  501: ELSEWHERE,
  502: GATEWAY,
  503: TOO_MUCH,
  504: GATEWAY,
  507: 'its database is full: delete what is old there, or give it more room',
  html: 'another program answers there: check host, port and path',
  behind: 'look again later: Phoenix stores about a hundred spans a second',
  silent:
    'connections are taken there and nothing is said: look at its log, and whether it is the right program',

  ECONNREFUSED: NOBODY,
  ECONNRESET: 'it cuts the connection: https:// in place of http://, or a fault of its own?',
  ENOTFOUND: 'there is no such host, or no network: check its name (behind a proxy: HTTPS_PROXY)',
  EAI_AGAIN: 'no name server answers: check the network',
  EHOSTUNREACH: NO_WAY,
  ENETUNREACH: NO_WAY,
  ETIMEDOUT: 'nothing answers there: check host and port, and whether a firewall is in the way',

  DEPTH_ZERO_SELF_SIGNED_CERT: AUTHORITY,
  SELF_SIGNED_CERT_IN_CHAIN: AUTHORITY,
  UNABLE_TO_GET_ISSUER_CERT: AUTHORITY,
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: AUTHORITY,
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: AUTHORITY,
  ERR_TLS_CERT_ALTNAME_INVALID: 'its certificate is for another host: check the host',
  CERT_HAS_EXPIRED: 'its certificate has expired',
  ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED: CLIENT_CERTIFICATE,
  ERR_SSL_SSLV3_ALERT_HANDSHAKE_FAILURE: CLIENT_CERTIFICATE,
  ERR_SSL_TLSV1_ALERT_UNKNOWN_CA: CLIENT_CERTIFICATE,
  EPROTO: NO_TLS,
  ERR_SSL_WRONG_VERSION_NUMBER: NO_TLS,
  ERR_SSL_PACKET_LENGTH_TOO_LONG: NO_TLS,
};

/** What the user can do about it, where that is known. */
export function remedyFor(signal: SignalName, cause: Cause | undefined): string | undefined {
  const text = cause === undefined ? undefined : (REMEDIES[cause] ?? otherwise(cause));
  return typeof text === 'function' ? text(signal) : text;
}

function otherwise(cause: Cause): Text | undefined {
  if (typeof cause === 'string') {
    // Node's parser of HTTP (HPE_…) stumbles over whatever is none.
    return cause.startsWith('HPE_') ? NO_HTTP : undefined;
  }
  if (cause >= 500) return 'a fault of its own: look at its log';
  if (cause >= 300 && cause < 400) return 'a redirect: set the address that it leads to';
  return undefined;
}
