import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import { gunzipSync } from 'node:zlib';
import { flatten } from './otlp-decode';
import { decodeRequest, type Message } from './otlp-proto';
import { SIGNALS, type Decoded, type Signal } from './otlp-types';
import type { Behaviour } from './receiver-behaviour';
import { now } from './time';

/** One HTTP request, whatever became of it. */
export interface ReceivedRequest {
  /** Milliseconds since 1970, of a clock that does not jump: compare with `now()` of ./time. */
  at: number;
  method: string;
  path: string;
  signal: Signal | undefined;
  headers: IncomingHttpHeaders;
  /** The body's size as sent and after decompression. */
  bytes: number;
  decodedBytes: number;
  encoding: string;
  /** Why the body could not be read as OTLP; answered with 400. */
  error: string | undefined;
  /** The export request with nothing flattened: tells an int_value from a double_value. */
  message: Message | undefined;
  /** What was in it, taken or not. */
  decoded: Decoded;
  /** The status answered; undefined while unanswered, and where the connection closed instead. */
  status: number | undefined;
}

/** Reads a request to its end. */
export async function receive(
  request: IncomingMessage,
  paths: Record<string, Signal> = {},
): Promise<{ entry: ReceivedRequest; body: Buffer }> {
  const path = (request.url ?? '/').split('?')[0]!;
  const entry: ReceivedRequest = {
    at: now(),
    method: request.method ?? '',
    path,
    signal: paths[path] ?? SIGNALS.find((name) => path.endsWith(`/v1/${name}`)),
    headers: request.headers,
    bytes: 0,
    decodedBytes: 0,
    encoding: request.headers['content-encoding'] ?? 'identity',
    error: undefined,
    message: undefined,
    decoded: { spans: [], metrics: [], logs: [] },
    status: undefined,
  };
  const chunks: Buffer[] = [];
  try {
    for await (const chunk of request) chunks.push(chunk);
  } catch {
    entry.error = 'the client closed the connection';
  }
  const body = Buffer.concat(chunks);
  entry.bytes = body.length;
  return { entry, body };
}

/** Decodes a request into its entry, or says with what it must be refused. */
export function decode(entry: ReceivedRequest, body: Buffer): Behaviour | undefined {
  if (entry.signal === undefined) return { kind: 'status', status: 404 };
  if (entry.method !== 'POST') return { kind: 'status', status: 405 };
  if (entry.headers['content-type'] !== 'application/x-protobuf') {
    return { kind: 'status', status: 415 };
  }
  try {
    const bytes = entry.encoding === 'gzip' ? gunzipSync(body) : body;
    entry.decodedBytes = bytes.length;
    entry.message = decodeRequest(entry.signal, bytes);
    entry.decoded = flatten(entry.signal, entry.message);
    return undefined;
  } catch (error) {
    entry.error = String(error);
    return { kind: 'status', status: 400, body: entry.error };
  }
}
