import { capital } from '../schema/otlp';
import type { SettingKey } from '../schema';
import { DEFAULT_SOURCE, type Source } from '../source';
import type { SignalName } from '../settings';
import { isGiven, type Resolving } from './context';
import { resolveProxy, type Proxy } from './proxy';

/** Where a signal is posted to, and who said so. */
export interface Endpoint {
  /** The full URL. */
  readonly url: string;
  readonly source: Source;
  /** It is meant as Phoenix, so that Phoenix's key may go there. */
  readonly isPhoenix: boolean;
  /** What it is reached through. */
  readonly proxy?: Proxy;
}

const DEFAULT_URLS: Readonly<Record<SignalName, string>> = {
  traces: 'http://localhost:6006/v1/traces',
  metrics: 'http://localhost:4318/v1/metrics',
  logs: 'http://localhost:4318/v1/logs',
};

const PHOENIX = {
  traces: 'phoenixEndpoint',
  metrics: 'phoenixMetricsEndpoint',
  logs: undefined,
} as const;

/**
 * The contract's order: the signal's own flag; OTEL_EXPORTER_OTLP_<SIGNAL>_ENDPOINT, as it is;
 * PHOENIX_*; the base URL for all signals; the default.
 */
export function resolveEndpoint(signal: SignalName, resolving: Resolving): Endpoint {
  const found = findEndpoint(signal, resolving);
  const proxy = resolveProxy(found.url, resolving);
  return { ...found, ...(proxy && { proxy }) };
}

function findEndpoint(signal: SignalName, resolving: Resolving): Endpoint {
  const phoenix = phoenixEndpoint(signal, resolving);
  const own = endpoint(`otlp${capital(signal)}Endpoint`, resolving, (url) => url);
  const base = endpoint('otlpEndpoint', resolving, (url) => appendPath(url, signal));
  const order = phoenix?.source.kind === 'flag' ? [phoenix, own, base] : [own, phoenix, base];
  return (
    order.find((found) => found !== undefined) ?? {
      url: DEFAULT_URLS[signal],
      source: DEFAULT_SOURCE,
      isPhoenix: signal === 'traces',
    }
  );
}

function phoenixEndpoint(signal: SignalName, resolving: Resolving): Endpoint | undefined {
  const key = PHOENIX[signal];
  const found = key && endpoint(key, resolving, (url) => appendMissingPath(url, signal));
  return found && { ...found, isPhoenix: true };
}

type EndpointKey = Extract<SettingKey, `${string}Endpoint`>;

function endpoint(
  key: EndpointKey,
  resolving: Resolving,
  complete: (url: string) => string,
): Endpoint | undefined {
  const url = resolving.values[key];
  if (url === undefined || !isGiven(resolving, key)) return undefined;
  return { url: complete(url), source: resolving.sources[key], isPhoenix: false };
}

const path = (signal: SignalName): string => `/v1/${signal}`;

/** The OTLP exporter's specification: always below the base URL's own path; a query stays. */
function appendPath(base: string, signal: SignalName): string {
  const url = withoutTrailingSlash(base);
  url.pathname = url.pathname.replace(/\/$/, '') + path(signal);
  return url.href;
}

/** Phoenix's own clients append only what is missing. It answers 405 on a trailing slash. */
function appendMissingPath(given: string, signal: SignalName): string {
  const url = withoutTrailingSlash(given);
  return url.pathname.endsWith(path(signal)) ? url.href : appendPath(given, signal);
}

function withoutTrailingSlash(given: string): URL {
  const url = new URL(given);
  url.pathname = url.pathname.replace(/\/+$/, '');
  url.hash = '';
  return url;
}
