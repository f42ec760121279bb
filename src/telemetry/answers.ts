import { AsyncLocalStorage } from 'node:async_hooks';
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { ClientRequest, IncomingHttpHeaders, IncomingMessage } from 'node:http';

/** What a receiver answered, as far as it matters to what is done next. */
export interface Answer {
  readonly status: number;
  readonly retryAfterMillis?: number;
  readonly isWebPage: boolean;
}

/** What is to be known of one export's requests. */
export interface Listener {
  onRequest(request: ClientRequest): void;
  onAnswer(answer: Answer): void;
}

// Node's own diagnostics of its HTTP client.
const STARTED = 'http.client.request.start';
const ANSWERED = 'http.client.response.finish';

/**
 * What goes over HTTP, export by export. The OTLP exporters keep the status of a retryable answer and
 * its Retry-After to themselves and take a web page for success; Node's HTTP client tells, in the
 * asynchronous context of the export that asked.
 */
export class Answers {
  private readonly current = new AsyncLocalStorage<Listener>();
  private readonly started = (message: unknown): void => {
    this.current.getStore()?.onRequest((message as { request: ClientRequest }).request);
  };
  private readonly answered = (message: unknown): void => {
    const { response } = message as { response: IncomingMessage };
    this.current.getStore()?.onAnswer(answerOf(response));
  };

  constructor() {
    subscribe(STARTED, this.started);
    subscribe(ANSWERED, this.answered);
  }

  /** Runs `run`; the listener hears of each request that comes of it, now or later. */
  during(listener: Listener, run: () => void): void {
    this.current.run(listener, run);
  }

  stop(): void {
    unsubscribe(STARTED, this.started);
    unsubscribe(ANSWERED, this.answered);
  }
}

function answerOf({ statusCode = 0, headers }: IncomingMessage): Answer {
  const retryAfterMillis = parseRetryAfter(headers['retry-after']);
  return {
    status: statusCode,
    isWebPage: statusCode === 200 && isHtml(headers),
    ...(retryAfterMillis === undefined ? {} : { retryAfterMillis }),
  };
}

/** Whether an answer is a web page: no OTLP receiver's, whatever its status. */
export const isHtml = (headers: IncomingHttpHeaders): boolean =>
  headers['content-type']?.toLowerCase().startsWith('text/html') === true;

/**
 * RFC 9110, 10.2.3: seconds or a date.
 *
 * @returns milliseconds from now, never negative; undefined where it is neither
 */
export function parseRetryAfter(value: string | undefined, now = Date.now()): number | undefined {
  if (value === undefined) return undefined;
  const millis = /^\d+$/.test(value) ? Number(value) * 1000 : Date.parse(value) - now;
  return Number.isNaN(millis) ? undefined : Math.max(0, millis);
}
