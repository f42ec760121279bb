import type { ServerResponse } from 'node:http';
import type { Signal } from './otlp-types';
import { encodeResponse } from './otlp-proto';

/** How the receiver treats a request that it could read. */
export type Behaviour = (
  | { kind: 'accept' }
  /** Any other answer. A `retryAfter` is sent as it stands: seconds, or a date. */
  | {
      kind: 'status';
      status: number;
      retryAfter?: number | string;
      location?: string;
      body?: string | Buffer;
      contentType?: string;
    }
  /** A 200 that takes all but the last `rejected` items (spans, data points, log records). */
  | { kind: 'partial'; rejected: number; message?: string }
  /** Read the request and never answer. */
  | { kind: 'hang' }
  /** Answer 200 with headers at once and the body one byte a second, for a minute. */
  | { kind: 'drip' }
  /** Close the connection without an answer. */
  | { kind: 'close' }
  /** 200 with a web page: not an OTLP receiver at all. */
  | { kind: 'html' }
  /** 200 with bytes that are no protobuf. */
  | { kind: 'garbage' }
) & {
  /** Wait so long before doing it. */
  delayMs?: number;
};

/** What a behaviour makes of a request's items: how many, from the end, are not taken. */
export const refused = (behaviour: Behaviour): number =>
  behaviour.kind === 'accept' ? 0 : behaviour.kind === 'partial' ? behaviour.rejected : Infinity;

const PROTOBUF = 'application/x-protobuf';
const DRIP_MS = 1_000;
const DRIP_BYTES = 60;

/** Carries a behaviour out on one response. */
export function answer(behaviour: Behaviour, signal: Signal, response: ServerResponse): void {
  switch (behaviour.kind) {
    case 'accept':
      return send(response, 200, PROTOBUF, encodeResponse(signal));
    case 'partial': {
      const { rejected, message = '' } = behaviour;
      return send(response, 200, PROTOBUF, encodeResponse(signal, { rejected, message }));
    }
    case 'status':
      if (behaviour.retryAfter !== undefined) {
        response.setHeader('Retry-After', String(behaviour.retryAfter));
      }
      if (behaviour.location !== undefined) response.setHeader('Location', behaviour.location);
      return send(
        response,
        behaviour.status,
        behaviour.contentType ?? 'text/plain',
        behaviour.body ?? '',
      );
    case 'html':
      return send(response, 200, 'text/html', '<!doctype html><title>Sign in</title>');
    case 'garbage':
      return send(response, 200, PROTOBUF, Buffer.alloc(64, 0xff));
    case 'close':
      response.destroy();
      return;
    case 'hang':
      return;
    case 'drip':
      return drip(response);
  }
}

function send(response: ServerResponse, status: number, type: string, body: string | Buffer): void {
  response.writeHead(status, { 'Content-Type': type, 'Content-Length': Buffer.byteLength(body) });
  response.end(body);
}

function drip(response: ServerResponse): void {
  response.writeHead(200, { 'Content-Type': PROTOBUF, 'Content-Length': DRIP_BYTES });
  response.flushHeaders();
  let left = DRIP_BYTES;
  const timer = setInterval(() => {
    response.write(Buffer.alloc(1));
    if (--left === 0) response.end();
  }, DRIP_MS);
  response.on('close', () => clearInterval(timer));
}

/** The behaviours that wait for the next requests of one signal, and the one for all later ones. */
export class Script {
  private next: { behaviour: Behaviour; times: number }[] = [];
  private always: Behaviour = { kind: 'accept' };

  /** For the next `times` requests, after those said before; without `times`, from now on. */
  set(behaviour: Behaviour, times?: number): void {
    if (times !== undefined) {
      this.next.push({ behaviour, times });
    } else {
      this.next = [];
      this.always = behaviour;
    }
  }

  take(): Behaviour {
    const first = this.next[0];
    if (first === undefined) return this.always;
    if (--first.times <= 0) this.next.shift();
    return first.behaviour;
  }
}
