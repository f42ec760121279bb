import type {
  IncomingMessage,
  OutgoingHttpHeader,
  OutgoingHttpHeaders,
  ServerResponse,
} from 'node:http';
import { expectsContinue } from './expect';

export const JSON_HEADERS = { 'Content-Type': 'application/json' };

/** Sends a whole response, of a length that is said, unless nobody is there to read it. */
export function respond(
  response: ServerResponse,
  status: number,
  headers: OutgoingHttpHeaders = {},
  body = '',
): void {
  if (response.headersSent || response.destroyed) return;
  // A list: an object put together anew costs Node 8 µs more, a tenth of what a request does.
  const list: OutgoingHttpHeader[] = [];
  for (const name in headers) list.push(name, headers[name]!);
  // A status of 204 has no body, and must not speak of its length (RFC 9110, section 8.6).
  if (status !== 204) list.push('Content-Length', Buffer.byteLength(body));
  response.writeHead(status, list);
  if (isSending(response.req)) endAfterRequest(response, body);
  else response.end(body);
}

/** Whether more of a request is still to come. */
function isSending(request: IncomingMessage): boolean {
  const { complete, headers, readableDidRead } = request;
  if (complete || (expectsContinue(request) && !readableDidRead)) return false;
  return headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;
}

/**
 * The client gets its answer at once, but what it still sends is read, and thrown away, before the
 * connection may be closed: else it is reset, and the client might not see the answer.
 */
function endAfterRequest(response: ServerResponse, body: string): void {
  response.write(body);
  response.req.on('close', () => response.end()).resume();
}
