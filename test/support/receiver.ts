import http from 'node:http';
import https from 'node:https';
import type { AddressInfo } from 'node:net';
import type { Certificates } from './certificates';
import { SIGNALS, type LogRecord, type MetricPoint, type Signal } from './otlp-types';
import type { Span } from './otlp-types';
import { answer, refused, Script, type Behaviour } from './receiver-behaviour';
import { latestPoints } from './receiver-latest';
import { decode, receive, type ReceivedRequest } from './receiver-request';
import { pause } from './time';
import { Waiters } from './waiters';

export type { Behaviour, LogRecord, MetricPoint, ReceivedRequest, Signal, Span };

export interface ReceiverOptions {
  /** Speak TLS with these certificates. */
  tls?: Certificates;
  /** With `tls`: refuse a client that shows no certificate of this authority. */
  clientCertificate?: boolean;
  /** Paths beside those that end in /v1/traces, /v1/metrics, /v1/logs. */
  paths?: Record<string, Signal>;
  /** `false` keeps the process alive while the receiver listens. */
  unref?: boolean;
  /** Answer first, and decode when `decodeLater()` is called: little work, for load tests. */
  lazy?: boolean;
}

/** A real OTLP/HTTP receiver on a loopback port. */
export class Receiver {
  /** What was taken: sent in a request that was answered as a success. */
  readonly spans: Span[] = [];
  readonly metrics: MetricPoint[] = [];
  readonly logs: LogRecord[] = [];
  /** Every request, taken or not, in the order of arrival. */
  readonly requests: ReceivedRequest[] = [];

  private readonly server: http.Server;
  private readonly waiters = new Waiters();
  private readonly scripts: Record<Signal, Script> = {
    traces: new Script(),
    metrics: new Script(),
    logs: new Script(),
  };
  private readonly undecoded: { entry: ReceivedRequest; body: Buffer; behaviour: Behaviour }[] = [];
  private port = 0;

  constructor(private readonly options: ReceiverOptions = {}) {
    const { tls, clientCertificate = false } = options;
    const handle: http.RequestListener = (request, response) => void this.handle(request, response);
    this.server = tls
      ? https.createServer(
          { cert: tls.cert, key: tls.key, ca: tls.ca, requestCert: clientCertificate },
          handle,
        )
      : http.createServer(handle);
    // A client's kept connection is never closed under it: a reset would be a fault of the test.
    this.server.keepAliveTimeout = 0;
    // A test that fails before it closes the receiver must not keep jest from ending.
    if (options.unref !== false) {
      this.server.unref();
      this.server.on('connection', (socket) => socket.unref());
    }
  }

  /** The base URL. */
  get url(): string {
    return `${this.options.tls ? 'https' : 'http'}://127.0.0.1:${this.port}`;
  }

  /** Environment that sends all three signals here. */
  get env(): Record<string, string> {
    return { OTEL_EXPORTER_OTLP_ENDPOINT: this.url };
  }

  /** Starts listening; after `refuse`, on the same port again. */
  async listen(): Promise<this> {
    await new Promise<void>((resolve, reject) => {
      this.server.once('error', reject);
      this.server.listen(this.port, '127.0.0.1', () => {
        this.server.off('error', reject);
        resolve();
      });
    });
    this.port = (this.server.address() as AddressInfo).port;
    return this;
  }

  /** Stops listening and cuts all connections: from now on connections are refused. */
  async refuse(): Promise<void> {
    const closed = new Promise((resolve) => this.server.close(resolve));
    this.server.closeAllConnections();
    await closed;
  }

  async close(): Promise<void> {
    await this.refuse();
    this.waiters.cancel('the receiver was closed');
  }

  /**
   * Sets what happens to requests of one signal or of all: to the next `times` of each signal, after
   * those said before, or from now on.
   */
  behave(behaviour: Behaviour, on: { signal?: Signal; times?: number } = {}): void {
    for (const signal of on.signal ? [on.signal] : SIGNALS) {
      this.scripts[signal].set(behaviour, on.times);
    }
  }

  /** Resolves with the predicate's first truthy value; it is asked again at each request. */
  waitFor<T>(predicate: (receiver: this) => T, timeoutMs = 10_000): Promise<NonNullable<T>> {
    return this.waiters.add(
      () => predicate(this),
      timeoutMs,
      () => `${predicate}\n${this.summary()}`,
    );
  }

  /** A metric's newest point of each label set (and each resource). */
  latest(metricName: string): MetricPoint[] {
    return latestPoints(this.metrics.filter((point) => point.name === metricName));
  }

  /** Forgets what was received. Behaviours stay. */
  clear(): void {
    for (const list of [this.spans, this.metrics, this.logs, this.requests]) list.length = 0;
  }

  /** What was received, in a few words: for messages of failed tests. */
  summary(): string {
    const requests = this.requests.map(
      ({ path, status, error }) => `${path} ${status ?? 'unanswered'}${error ? ` (${error})` : ''}`,
    );
    return (
      `${this.requests.length} requests (${requests.slice(-10).join(', ')}); taken: ` +
      `${this.spans.length} spans, ${this.metrics.length} points, ${this.logs.length} log records`
    );
  }

  private async handle(request: http.IncomingMessage, response: http.ServerResponse) {
    const { entry, body } = await receive(request, this.options.paths);
    this.requests.push(entry);
    if (entry.error === undefined) {
      const lazy = this.options.lazy && entry.signal !== undefined;
      const refusal = lazy ? undefined : decode(entry, body);
      const behaviour = refusal ?? this.scripts[entry.signal!].take();
      this.waiters.check();
      await pause(behaviour.delayMs);
      // Who gave up waiting counts the export as failed: so does the receiver.
      if (response.destroyed || response.socket?.destroyed) return;
      answer(behaviour, entry.signal ?? 'traces', response);
      if (response.headersSent) entry.status = response.statusCode;
      if (lazy) this.undecoded.push({ entry, body, behaviour });
      else this.keep(entry, behaviour);
    }
    this.waiters.check();
  }

  /** With `lazy`: decodes what came until now, as if it came now. */
  decodeLater(): void {
    for (const { entry, body, behaviour } of this.undecoded.splice(0)) {
      decode(entry, body);
      this.keep(entry, behaviour);
    }
  }

  private keep(entry: ReceivedRequest, behaviour: Behaviour) {
    const left = refused(behaviour);
    for (const list of ['spans', 'metrics', 'logs'] as const) {
      const items = entry.decoded[list];
      const taken = items.slice(0, Math.max(0, items.length - left));
      for (const item of taken) (this[list] as unknown[]).push(item);
    }
  }
}

/** Starts a receiver on a free loopback port. */
export const startReceiver = (options?: ReceiverOptions): Promise<Receiver> =>
  new Receiver(options).listen();
