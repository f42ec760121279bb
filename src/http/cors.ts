import type { IncomingMessage, OutgoingHttpHeaders } from 'node:http';

const ALLOWED_HEADERS = [
  'Accept',
  'Authorization',
  'Content-Type',
  'Last-Event-ID',
  'Mcp-Session-Id',
  'MCP-Protocol-Version',
  'traceparent',
  'tracestate',
  'baggage',
].join(', ');
const DAY_SECONDS = '86400';

/** What a page of another origin may read of an answer; empty for those that are not listed. */
export function corsHeaders(
  { headers }: IncomingMessage,
  allowedOrigins: readonly string[],
): OutgoingHttpHeaders {
  const { origin } = headers;
  if (origin === undefined || !allowedOrigins.includes(origin)) return {};
  return {
    'Access-Control-Allow-Origin': origin,
    'Access-Control-Expose-Headers': 'Mcp-Session-Id, WWW-Authenticate',
    Vary: 'Origin',
  };
}

/**
 * What a browser asks for before it lets a page ask (Fetch Standard, "CORS-preflight request").
 *
 * @param methods a list: `GET, POST`
 */
export function preflightHeaders(
  { headers }: IncomingMessage,
  methods: string,
): OutgoingHttpHeaders {
  return {
    'Access-Control-Allow-Methods': methods,
    'Access-Control-Allow-Headers': ALLOWED_HEADERS,
    'Access-Control-Max-Age': DAY_SECONDS,
    ...(headers['access-control-request-private-network'] !== undefined && {
      'Access-Control-Allow-Private-Network': 'true',
    }),
  };
}
