import { quote } from '../errors';
import { SIGNALS, type SignalName, type SignalSettings } from '../settings';
import { isGiven, nameOf, signalKey, type Resolving } from './context';
import { resolveCertificates } from './certificates';
import { resolveEndpoint, type Endpoint } from './endpoint';
import { resolveHeaders, warnOfDroppedHeaders } from './headers';

export interface ResolvedSignals {
  readonly signals: Readonly<Record<SignalName, SignalSettings>>;
  readonly endpoints: Readonly<Record<SignalName, Endpoint>>;
}

/** Where each signal goes and how. */
export function resolveSignals(resolving: Resolving): ResolvedSignals {
  warnOfProtocol(resolving);
  warnOfDroppedHeaders(resolving);
  const certificates = resolveCertificates(resolving);
  const endpoints = bySignal((signal) => resolveEndpoint(signal, resolving));
  const { values } = resolving;
  const signals = bySignal((signal): SignalSettings => {
    const { url, source, proxy } = endpoints[signal];
    return {
      exporters: values[signal],
      url,
      ...(proxy && { proxy: proxy.url }),
      configured: source.kind !== 'default',
      headers: resolveHeaders(signal, endpoints[signal], resolving),
      timeoutMillis: values[signalKey('Timeout', signal)] ?? values.otlpTimeout,
      compression: values[signalKey('Compression', signal)] ?? values.otlpCompression,
      tls: certificates[signal],
    };
  });
  return { signals, endpoints };
}

const bySignal = <T>(make: (signal: SignalName) => T): Record<SignalName, T> => ({
  traces: make('traces'),
  metrics: make('metrics'),
  logs: make('logs'),
});

const PROTOCOL = 'http/protobuf';

/** One warning, in however many of its forms another protocol is asked for. */
function warnOfProtocol(resolving: Resolving): void {
  const { values, warn } = resolving;
  const keys = ['otlpProtocol', ...SIGNALS.map((signal) => signalKey('Protocol', signal))] as const;
  const other = keys.filter((key) => (values[key] ?? PROTOCOL).toLowerCase() !== PROTOCOL);
  const [first] = other;
  if (first === undefined || !isGiven(resolving, first)) return;
  const names = other.map((key) => nameOf(resolving, key)).join(', ');
  warn(`${names}: ${quote(values[first]!)} is not supported: ${PROTOCOL} is used`);
}
