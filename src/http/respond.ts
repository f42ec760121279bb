import type { OutgoingHttpHeaders, ServerResponse } from 'node:http';

/** Sends a whole response, of a length that is said, unless nobody is there to read it. */
export function respond(
  response: ServerResponse,
  status: number,
  headers: OutgoingHttpHeaders = {},
  body = '',
): void {
  if (response.headersSent || response.destroyed) return;
  // A status of 204 has no body, and must not speak of its length (RFC 9110, section 8.6).
  const length = status === 204 ? {} : { 'Content-Length': Buffer.byteLength(body) };
  response.writeHead(status, { ...headers, ...length }).end(body);
}
