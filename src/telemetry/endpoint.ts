import { connect } from 'node:net';
import type { SignalName, SignalSettings } from '../config/settings';
import type { LastResponse } from './last-response';
import type { Notices } from './notices';
import type { DropReason } from './pipeline';

/** What an export's failure asks for. */
export type Verdict =
  /** Keep the records and try again later. */
  | 'retry'
  /** These records are not wanted; others may be. */
  | 'refused'
  /** This endpoint does not take the signal at all. */
  | 'resting';

const BACKOFF_MILLIS = { first: 1_000, most: 30_000 };
const REST_MILLIS = 5 * 60_000;
const PROBE_TIMEOUT_MILLIS = 1_000;

const RETRYABLE = new Set([429, 502, 503, 504]);
/** The signal is not taken here: no key, no right, no such path, another program. */
const NOT_TAKEN = new Set([401, 403, 404, 405, 415]);

/**
 * One signal's receiver and what is known of it: whether it may be tried now, when it may be tried
 * again, and what to tell the user, once.
 */
export class Endpoint {
  private state: 'unknown' | 'up' | 'failing' | 'resting' = 'unknown';
  private retryAt = 0;
  private backoff = BACKOFF_MILLIS.first;
  private lastFailure: DropReason = 'timeout';

  constructor(
    readonly signal: SignalName,
    private readonly settings: SignalSettings,
    private readonly notices: Notices,
    private readonly lastResponse: (url: string) => LastResponse | undefined,
    private readonly now: () => number = () => performance.now(),
  ) {}

  get url(): string {
    return this.settings.url;
  }

  get isResting(): boolean {
    return this.state === 'resting' && this.now() < this.retryAt;
  }

  /** Milliseconds until it may be tried; 0: now. */
  get wait(): number {
    return this.state === 'up' || this.state === 'unknown'
      ? 0
      : Math.max(0, this.retryAt - this.now());
  }

  /** After a failure one export at a time tells whether it is well again. */
  get lanes(): number {
    return this.state === 'up' ? Infinity : 1;
  }

  /** Why records that can wait no longer are dropped. */
  get dropReason(): DropReason {
    return this.lastFailure;
  }

  /**
   * Whether anything listens. Asked before an export wherever that is not known: the exporters' own
   * retry would hold a refused connection for seconds.
   */
  async reachable(): Promise<boolean> {
    const problem = await probe(new URL(this.url));
    if (problem === undefined) return true;
    this.lastFailure = this.settings.configured ? 'unreachable' : 'no_receiver';
    this.notices.unreachable({
      signal: this.signal,
      url: this.url,
      problem,
      configured: this.settings.configured,
    });
    this.backOff(0);
    return false;
  }

  get isKnownUp(): boolean {
    return this.state === 'up';
  }

  /** @returns `resting` where what answered was a web page: another program has this port */
  succeeded(): 'exported' | 'resting' {
    const response = this.lastResponse(this.url);
    if (response?.contentType?.startsWith('text/html')) return this.rest('html', response);
    this.state = 'up';
    this.backoff = BACKOFF_MILLIS.first;
    this.notices.answered(this.signal, this.url);
    return 'exported';
  }

  failed(error: unknown): Verdict {
    const code = (error as { code?: unknown } | undefined)?.code;
    const status = typeof code === 'number' ? code : undefined;
    const response = this.lastResponse(this.url);
    if (status !== undefined && NOT_TAKEN.has(status)) return this.rest(status, response);
    if (status !== undefined && status >= 300 && !RETRYABLE.has(status)) {
      this.notices.refused(this.signal, this.url, status);
      this.lastFailure = 'refused';
      return 'refused';
    }
    this.lastFailure = 'timeout';
    this.notices.failing(this.signal, this.url, describe(error, response));
    this.backOff(response?.retryAfterMillis ?? 0);
    return 'retry';
  }

  private rest(cause: number | 'html', response: LastResponse | undefined): 'resting' {
    this.state = 'resting';
    this.lastFailure = 'resting';
    this.retryAt = this.now() + REST_MILLIS;
    this.notices.notTaken(this.signal, this.url, cause, response);
    return 'resting';
  }

  private backOff(atLeastMillis: number): void {
    this.state = 'failing';
    const jitter = 0.8 + 0.4 * Math.random();
    this.retryAt = this.now() + Math.max(atLeastMillis, this.backoff * jitter);
    this.backoff = Math.min(this.backoff * 2, BACKOFF_MILLIS.most);
  }
}

/** @returns what stands in the way of a connection: an error code, or undefined where there is none */
function probe(url: URL): Promise<string | undefined> {
  return new Promise((resolve) => {
    const port = Number(url.port) || (url.protocol === 'https:' ? 443 : 80);
    const host = url.hostname.replace(/^\[(.*)\]$/, '$1');
    const socket = connect({ host, port, timeout: PROBE_TIMEOUT_MILLIS });
    const finish = (problem?: string) => {
      socket.destroy();
      resolve(problem);
    };
    socket.on('connect', () => finish());
    socket.on('timeout', () => finish('ETIMEDOUT'));
    socket.on('error', (error: NodeJS.ErrnoException) => finish(firstCode(error)));
  });
}

/** `localhost` may be two addresses: Node then gives the errors of both as one. */
function firstCode(error: NodeJS.ErrnoException & { errors?: NodeJS.ErrnoException[] }): string {
  return error.code ?? error.errors?.[0]?.code ?? error.message;
}

function describe(error: unknown, response: LastResponse | undefined): string {
  const message = error instanceof Error ? error.message : String(error);
  // The exporters say of a retryable answer only that it was one.
  return response && RETRYABLE.has(response.status) ? `answers ${response.status}` : message;
}
