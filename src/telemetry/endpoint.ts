import { connect } from 'node:net';
import { placeOf } from '../config/place';
import type { SignalName, SignalSettings } from '../config/settings';
import type { Answer } from './answers';
import { ExportFailure } from './export-once';
import { networkError } from './network-error';
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
/** At the end there is no time for more. */
export const END_RETRY_MILLIS = 200;

const RETRYABLE = new Set([429, 502, 503, 504]);
/** The signal is not taken here: no key, no right, no such path, another program. */
const NOT_TAKEN = new Set([401, 403, 404, 405, 407, 415]);
/** Nothing listens, or the way there is cut. */
const UNREACHABLE = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ETIMEDOUT',
]);

/**
 * One signal's receiver and what is known of it: whether it may be tried now, when it may be tried
 * again, and what to tell the user, once.
 */
export class Endpoint {
  private state: 'unknown' | 'up' | 'failing' | 'resting' = 'unknown';
  private retryAt = 0;
  /** Until then the receiver does not want to be asked (Retry-After). */
  private notBefore = 0;
  private backoff = BACKOFF_MILLIS.first;
  private lastFailure: DropReason = 'timeout';

  constructor(
    readonly signal: SignalName,
    private readonly settings: Pick<SignalSettings, 'url' | 'proxy' | 'configured'>,
    private readonly notices: Notices,
    /** Called whenever something listens there that was looked for. */
    private readonly onFound: () => void = () => undefined,
    private readonly now: () => number = () => performance.now(),
  ) {}

  get url(): string {
    return this.settings.url;
  }

  get isResting(): boolean {
    return this.state === 'resting' && this.now() < this.retryAt;
  }

  get isKnownUp(): boolean {
    return this.state === 'up';
  }

  /** Milliseconds that the receiver asked to be left alone. */
  get askedToWait(): number {
    return Math.max(0, this.notBefore - this.now());
  }

  /** Milliseconds until it may be tried; 0: now. */
  get wait(): number {
    const failing = this.state === 'failing' || this.state === 'resting';
    return Math.max(this.askedToWait, failing ? this.retryAt - this.now() : 0);
  }

  /** After a failure one export at a time tells whether it is well again. */
  get lanes(): number {
    return this.state === 'up' ? Infinity : 1;
  }

  /** Why records that can wait no longer are dropped. */
  get dropReason(): DropReason {
    return this.lastFailure;
  }

  /** Whether anything listens. Asked wherever that is not known, before records are made for it. */
  async reachable(): Promise<boolean> {
    const problem = await probe(new URL(this.settings.proxy ?? this.url));
    if (problem !== undefined) this.missing(problem);
    else this.found();
    return problem === undefined;
  }

  succeeded(): void {
    this.state = 'up';
    this.backoff = BACKOFF_MILLIS.first;
    this.lastFailure = 'timeout';
    this.notices.answered(this.signal, this.url);
  }

  failed(error: unknown): Verdict {
    const { signal, url, notices } = this;
    const message = error instanceof Error ? error.message : String(error);
    if (!(error instanceof ExportFailure)) {
      notices.unfit(signal, message);
      return 'refused';
    }
    const { answer, problem } = error;
    if (answer?.isWebPage) return this.rest('html', answer);
    if (answer && NOT_TAKEN.has(answer.status)) return this.rest(answer.status, answer);
    if (answer && !RETRYABLE.has(answer.status)) {
      notices.refused(signal, url, answer.status);
      return 'refused';
    }
    if (problem !== undefined && UNREACHABLE.has(problem)) {
      this.missing(problem);
    } else {
      this.lastFailure = 'timeout';
      notices.failing(signal, url, message, answer?.status ?? problem);
      this.backOff(answer?.retryAfterMillis ?? 0);
    }
    return 'retry';
  }

  private found(): void {
    this.notices.found(this.signal);
    this.onFound();
  }

  private missing(problem: string): void {
    const { signal } = this;
    const { url, proxy, configured } = this.settings;
    this.lastFailure = configured ? 'unreachable' : 'no_receiver';
    const isProxy = proxy !== undefined;
    this.notices.unreachable({ signal, url: proxy ?? url, isProxy, problem, configured });
    this.backOff(0);
  }

  private rest(cause: number | 'html', answer: Answer): 'resting' {
    this.state = 'resting';
    this.lastFailure = 'resting';
    this.retryAt = this.now() + REST_MILLIS;
    this.notices.notTaken(this.signal, this.url, cause, answer.status);
    return 'resting';
  }

  private backOff(askedMillis: number): void {
    const now = this.now();
    // Nobody means days: a signal is not given up for one odd answer.
    this.notBefore = Math.max(this.notBefore, now + Math.min(askedMillis, REST_MILLIS));
    // Exports that ran beside the one that failed first tell nothing new.
    if (this.state === 'failing' && now < this.retryAt) return;
    this.state = 'failing';
    const jitter = 0.8 + 0.4 * Math.random();
    this.retryAt = now + this.backoff * jitter;
    this.backoff = Math.min(this.backoff * 2, BACKOFF_MILLIS.most);
  }
}

/** @returns what stands in the way of a connection: an error code, or undefined where there is none */
function probe(url: URL): Promise<string | undefined> {
  return new Promise((resolve) => {
    const socket = connect({ ...placeOf(url), timeout: PROBE_TIMEOUT_MILLIS });
    const finish = (problem?: string) => {
      socket.destroy();
      resolve(problem);
    };
    socket.on('connect', () => finish());
    socket.on('timeout', () => finish('ETIMEDOUT'));
    socket.on('error', (error) => {
      const { code, message } = networkError(error);
      finish(code ?? message);
    });
  });
}
