import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { ClientRequest, IncomingMessage } from 'node:http';

/** What a receiver last answered, as far as the exporters do not tell. */
export interface LastResponse {
  readonly status: number;
  readonly retryAfterMillis?: number;
  readonly contentType?: string;
}

// Node's own diagnostics: published for every response that its HTTP client gets.
const CHANNEL = 'http.client.response.finish';

/**
 * Remembers the last answer of each of the given URLs. The OTLP exporters keep the status of a
 * retryable answer and its Retry-After to themselves, and take a web page for success.
 */
export function watchResponses(urls: readonly string[]) {
  const byKey = new Map<string, string>(urls.map((url) => [keyOf(new URL(url)), url]));
  const last = new Map<string, LastResponse>();
  const onFinish = (message: unknown) => {
    const { request, response } = message as { request: ClientRequest; response: IncomingMessage };
    const url = byKey.get(`${request.protocol}//${request.getHeader('host')}${request.path}`);
    if (url !== undefined) last.set(url, read(response));
  };
  subscribe(CHANNEL, onFinish);
  return {
    last: (url: string) => last.get(url),
    stop: () => unsubscribe(CHANNEL, onFinish),
  };
}

function keyOf({ protocol, host, pathname, search }: URL): string {
  return `${protocol}//${host}${pathname}${search}`;
}

function read({ statusCode = 0, headers }: IncomingMessage): LastResponse {
  const retryAfterMillis = parseRetryAfter(headers['retry-after']);
  const contentType = headers['content-type'];
  return {
    status: statusCode,
    ...(retryAfterMillis === undefined ? {} : { retryAfterMillis }),
    ...(contentType === undefined ? {} : { contentType }),
  };
}

/** RFC 9110, 10.2.3: seconds or a date. */
function parseRetryAfter(value: string | undefined): number | undefined {
  if (value === undefined) return undefined;
  const millis = /^\d+$/.test(value) ? Number(value) * 1000 : Date.parse(value) - Date.now();
  return Number.isNaN(millis) ? undefined : Math.max(0, millis);
}
