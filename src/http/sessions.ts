import { randomBytes } from 'node:crypto';
import type { Client } from '../transport/client';
import type { EventStream } from './events';
import type { Peer } from './peer';
import { Refusal } from './refusal';

/** What a client that said `initialize` has here until it ends. */
export interface HttpSession {
  /**
   * 128 random bits in hex: who knows it is taken for its owner, so no line of a log has it. Spans do,
   * as the convention asks: else a client's spans of the session could not be found with ours.
   */
  readonly id: string;
  readonly client: Client;
  /** Whom it was last heard from. */
  peer: Peer;
  /** What carries what the server says unasked, where the client listens. */
  stream?: EventStream | undefined;
  /** Requests that are being answered. */
  active: number;
  /** Monotonic milliseconds. */
  lastUsed: number;
}

export interface SessionsOptions {
  readonly idleMillis: number;
  readonly max?: number;
  readonly monotonic?: () => number;
}

const MAX_SESSIONS = 10_000;
/** Idle sessions end at most so much of their time too late. */
const SWEEP_SHARE = 0.1;
const MAX_SWEEP_MILLIS = 30_000;
const MIN_SWEEP_MILLIS = 50;

/** The sessions that are open. One that is not used for a while is ended: clients vanish without a word. */
export class Sessions {
  private readonly open = new Map<string, HttpSession>();
  /** Not known any more, but with requests that are still being answered. */
  private readonly ending = new Set<HttpSession>();
  private readonly sweeper: NodeJS.Timeout;
  private readonly idleMillis: number;
  private readonly max: number;
  private readonly monotonic: () => number;
  private isEnding = false;

  constructor({ idleMillis, max = MAX_SESSIONS, monotonic }: SessionsOptions) {
    this.idleMillis = idleMillis;
    this.max = max;
    this.monotonic = monotonic ?? (() => performance.now());
    const interval = Math.min(idleMillis * SWEEP_SHARE, MAX_SWEEP_MILLIS);
    this.sweeper = setInterval(() => this.sweep(), Math.max(interval, MIN_SWEEP_MILLIS)).unref();
  }

  get count(): number {
    return this.open.size;
  }

  /** @throws {Refusal} there are as many as there may be */
  requireRoom(): void {
    if (this.open.size < this.max) return;
    // When the next is given up for idle cannot be known: another may be ended at any time.
    throw new Refusal(
      'too_many_sessions',
      `Too many sessions: ${this.max} are open; end some with DELETE, or ask without one`,
      { 'Retry-After': '10' },
    );
  }

  newId(): string {
    return randomBytes(16).toString('hex');
  }

  add(id: string, client: Client, peer: Peer): HttpSession {
    const session: HttpSession = { id, client, peer, active: 0, lastUsed: this.monotonic() };
    this.open.set(id, session);
    return session;
  }

  /**
   * The session of that id, which is used now.
   *
   * @throws {Refusal} it has ended, or never was
   */
  use(id: string): HttpSession {
    const session = this.open.get(id);
    if (!session) {
      throw new Refusal(
        'session_not_found',
        'Session not found: it has ended, or never was; begin another with initialize',
      );
    }
    session.lastUsed = this.monotonic();
    return session;
  }

  /** From now on it is not known any more; what is being answered is answered first. */
  end(session: HttpSession): void {
    if (!this.open.delete(session.id)) return;
    session.stream?.end();
    if (session.active === 0) session.client.end();
    else this.ending.add(session);
  }

  /** One of its requests begins to be answered. */
  enter(session: HttpSession, peer: Peer): void {
    session.active++;
    if (session.peer === peer) return;
    session.peer = peer;
    session.client.describe(peer);
  }

  /** One of its requests has been answered. */
  leave(session: HttpSession): void {
    session.active--;
    if (session.active === 0 && this.ending.delete(session)) session.client.end();
  }

  /** What the server says unasked goes this way from now on. */
  listen(session: HttpSession, stream: EventStream): void {
    // A client that connects anew may know of the old connection's end before we do.
    session.stream?.end();
    session.stream = stream;
    stream.onClose(() => {
      if (session.stream === stream) session.stream = undefined;
    });
    if (this.isEnding) stream.end();
  }

  /** What stays open for the server's own words is closed, now and from now on; the sessions go on. */
  endStreams(): void {
    this.isEnding = true;
    for (const { stream } of this.open.values()) stream?.end();
  }

  /** What is still being answered is cut off. */
  endAll(): void {
    clearInterval(this.sweeper);
    for (const session of this.open.values()) this.end(session);
    for (const { client } of this.ending) client.end();
    this.ending.clear();
  }

  private sweep(): void {
    const since = this.monotonic() - this.idleMillis;
    for (const session of this.open.values()) {
      if (session.active > 0 || session.stream) session.lastUsed = this.monotonic();
      else if (session.lastUsed <= since) this.end(session);
    }
  }
}
