import type { IncomingMessage, ServerResponse } from 'node:http';
import { expectsContinue } from './expect';
import { Refusal } from './refusal';

/** As much as a line on stdin may have. */
export const MAX_BODY_BYTES = 10 * 1024 * 1024;

const BYTE_ORDER_MARK = '\uFEFF';

/** @throws {Refusal} what is sent is not said to be JSON as it is */
export function checkMediaType({ headers }: IncomingMessage): void {
  const type = headers['content-type'] ?? '';
  if (!/^application\/json\s*(;|$)/i.test(type)) {
    throw new Refusal(
      'unsupported_media_type',
      `Unsupported media type: Content-Type must be application/json, not ${JSON.stringify(type.slice(0, 80))}`,
    );
  }
  const encoding = headers['content-encoding'] ?? 'identity';
  if (encoding.toLowerCase() !== 'identity') {
    throw new Refusal(
      'unsupported_media_type',
      `Unsupported media type: a body must not be compressed (Content-Encoding ${JSON.stringify(encoding.slice(0, 80))})`,
      { 'Accept-Encoding': 'identity' },
    );
  }
}

/**
 * The text of a request's body.
 *
 * @returns undefined where the client is gone before its end
 * @throws {Refusal} a body of more than 10 MB, of which no more than that is kept
 */
export function readBody(
  request: IncomingMessage,
  response: ServerResponse,
): Promise<string | undefined> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let bytes = 0;
    const refuse = () => {
      request.removeAllListeners('data');
      chunks.length = 0;
      reject(new Refusal('body_too_large', 'Content too large: at most 10 MB are read'));
    };
    if (Number(request.headers['content-length'] ?? 0) > MAX_BODY_BYTES) return refuse();
    if (expectsContinue(request)) response.writeContinue();
    request.on('data', (chunk: Buffer) => {
      bytes += chunk.length;
      chunks.push(chunk);
      if (bytes > MAX_BODY_BYTES) refuse();
    });
    request.on('end', () => resolve(decode(chunks)));
    request.on('close', () => resolve(undefined));
  });
}

function decode(chunks: readonly Buffer[]): string {
  const text = (chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks)).toString('utf8');
  return text.startsWith(BYTE_ORDER_MARK) ? text.slice(1) : text;
}
