import {
  invalid,
  parseLine,
  parseMember,
  type Answer,
  type JsonRpcBatch,
  type JsonRpcNotification,
  type JsonRpcRequest,
  type Params,
  type RpcError,
  type Single,
} from '../json-rpc';
import { cutText, MAX_NAME_CHARACTERS } from '../tap/bounded-json';
import type { Session } from '../tap/operation';
import type { Circumstances, OpenOperation, Tap } from '../tap/tap';
import { refuseBatch } from './batch';
import { HoldUntil } from './hold-until';
import type { Line } from './line-splitter';
import { answerText, errorText, lineOutlet, type Outlet, type Reply } from './reply';
import { SdkTransport } from './sdk-transport';

const NO_PARAMS: Params = {};

export interface ConnectionOptions {
  readonly tap: Tap;
  /** Takes one message's text, without a newline: what nobody asked for, and answers to lines. */
  readonly write: (line: string) => void;
  /** The revision of MCP, where it is known before `initialize`. */
  readonly protocolVersion?: string;
  /** Refuses params that are not of the method's form, before anyone else sees them. */
  readonly check: (method: string, params: Params | undefined) => RpcError | undefined;
  /** Answers at once what it can; undefined: the SDK is to answer. */
  readonly direct?: (method: string, params: Params) => Answer | undefined;
  /** Loads the SDK's Server and connects it. */
  readonly connectSdk: (transport: SdkTransport) => Promise<void>;
  /** Awaited once, before the first message after `initialize`: what its answer need not wait for. */
  readonly prepare?: () => Promise<void>;
  /** Run a message's handling within its trace context: what is over when it returns, and what is not. */
  readonly activate?: Readonly<Record<'atOnce' | 'lasting', Activate>>;
  /** `initialize` was answered: a session has begun, of which this is known. */
  readonly onInitialized?: (known: Partial<Session>) => void;
}

type Activate = (open: OpenOperation, run: () => void) => void;

/** What came at once: what it is, where its answers go, and what is known of it beside its text. */
export interface Arrival {
  readonly incoming: Single | JsonRpcBatch;
  readonly outlet: Outlet;
  readonly circumstances?: Circumstances;
}

interface InFlight {
  readonly request: JsonRpcRequest;
  readonly open: OpenOperation;
  readonly reply: Reply;
  sdkId: number;
}

/** One client's conversation: lines in, lines out, whatever carries them. */
export class Connection {
  readonly sdk: SdkTransport;
  // In order of arrival: a cancellation means the oldest request of its id.
  private readonly inFlight = new Set<InFlight>();
  private readonly lines: Outlet;
  private protocolVersion: string | undefined;
  private readonly gate: HoldUntil<Arrival>;
  private onIdle: (() => void) | undefined;

  constructor(private readonly options: ConnectionOptions) {
    this.sdk = new SdkTransport(options.connectSdk, options.write);
    this.lines = lineOutlet(options.write);
    this.protocolVersion = options.protocolVersion;
    this.gate = new HoldUntil(
      options.prepare,
      (arrival) => this.take(arrival),
      () => this.tellIdle(),
    );
  }

  /** Handles one line of the client's; never throws. */
  receive(line: Line): void {
    const incoming =
      'text' in line
        ? parseLine(line.text)
        : invalid(`a line of ${line.oversizedBytes} bytes; at most 10 MB are read`);
    this.accept({ incoming, outlet: this.lines });
  }

  /** Handles what came at once; never throws. */
  accept(arrival: Arrival): void {
    const { incoming } = arrival;
    const isFirst = incoming.kind === 'request' && incoming.method === 'initialize';
    if (isFirst && !this.gate.isHolding) this.take(arrival);
    else this.gate.pass(arrival);
  }

  /** Resolves when every request taken in has been answered or cancelled. */
  idle(): Promise<void> {
    if (this.isIdle()) return Promise.resolve();
    return new Promise((resolve) => (this.onIdle = resolve));
  }

  private take({ incoming, outlet, circumstances }: Arrival): void {
    if (incoming.kind === 'batch') this.batch(incoming.members, outlet, circumstances);
    else this.handle(incoming, outlet.single, circumstances);
  }

  private batch(members: readonly unknown[], outlet: Outlet, circumstances?: Circumstances): void {
    const refusal = refuseBatch(members.length, this.protocolVersion);
    if (refusal !== undefined) {
      this.handle(invalid(refusal), outlet.single, circumstances);
      return;
    }
    const reply = outlet.batch(members.length);
    for (const member of members) this.handle(parseMember(member), reply, circumstances, true);
  }

  private handle(
    message: Single,
    reply: Reply,
    circumstances?: Circumstances,
    inBatch = false,
  ): void {
    switch (message.kind) {
      case 'request':
        this.request(message, reply, circumstances, inBatch);
        break;
      case 'notification':
        this.notification(message, circumstances);
        reply.nothing();
        break;
      case 'response':
        this.options.tap.ignored(circumstances);
        reply.nothing();
        break;
      case 'invalid': {
        const { id, code, reason } = message;
        this.options.tap.refused(code, reason, id, circumstances);
        reply.send(errorText(id, { code, message: reason }), true);
      }
    }
  }

  private request(
    request: JsonRpcRequest,
    reply: Reply,
    circumstances: Circumstances | undefined,
    inBatch: boolean,
  ): void {
    const { id, method, params } = request;
    if (inBatch && method === 'initialize') {
      this.handle(invalid('initialize must not be part of a batch', id), reply, circumstances);
      return;
    }
    const open = this.options.tap.request(id, method, params, circumstances);
    const error = this.options.check(method, params);
    if (error) {
      this.answer(request, open, reply, { error });
      return;
    }
    // A pipe sends all its lines at once: a batch may come before the answer that allows it.
    if (method === 'initialize') this.protocolVersion = params?.['protocolVersion'] as string;
    const answer = this.answerDirectly(open, request);
    if (answer) this.answer(request, open, reply, answer);
    else this.askSdk({ request, open, reply, sdkId: 0 });
  }

  /** Not while the SDK works: so answers leave in the order of their questions. */
  private answerDirectly(
    open: OpenOperation,
    { method, params = NO_PARAMS }: JsonRpcRequest,
  ): Answer | undefined {
    const { direct, activate } = this.options;
    if (!direct || this.inFlight.size > 0) return undefined;
    if (!activate) return direct(method, params);
    let answer: Answer | undefined;
    activate.atOnce(open, () => (answer = direct(method, params)));
    return answer;
  }

  private askSdk(asked: InFlight): void {
    const { request, open, reply } = asked;
    this.inFlight.add(asked);
    const run = (given: () => void) => this.within(open, given);
    asked.sdkId = this.sdk.request(request.method, request.params, run, (answer) => {
      this.inFlight.delete(asked);
      this.answer(request, open, reply, answer);
      this.tellIdle();
    });
  }

  private notification(
    { method, params }: JsonRpcNotification,
    circumstances: Circumstances | undefined,
  ): void {
    const open = this.options.tap.notification(method, params, circumstances);
    if (method === 'notifications/cancelled') this.cancel(params);
    else this.sdk.notify(method, params, (given) => this.within(open, given));
    this.options.tap.handled(open);
  }

  /** A cancellation that comes too late, or of `initialize` (which MCP forbids), changes nothing. */
  private cancel(params: Params | undefined): void {
    for (const asked of this.inFlight) {
      const { request, open, reply, sdkId } = asked;
      if (request.id !== params?.['requestId']) continue;
      if (request.method === 'initialize') return;
      this.options.tap.cancelled(open);
      this.sdk.withdraw(sdkId, (given) => this.within(open, given));
      this.inFlight.delete(asked);
      reply.nothing();
      this.tellIdle();
      return;
    }
  }

  private within(open: OpenOperation, run: () => void): void {
    if (this.options.activate) this.options.activate.lasting(open, run);
    else run();
  }

  private answer(request: JsonRpcRequest, open: OpenOperation, reply: Reply, answer: Answer): void {
    if (request.method === 'initialize') this.learnSession(request, answer);
    this.options.tap.answered(open, answer);
    reply.send(answerText(request.id, answer), false);
  }

  private isIdle(): boolean {
    return this.inFlight.size === 0 && !this.gate.isHolding;
  }

  private tellIdle(): void {
    if (this.isIdle()) this.onIdle?.();
  }

  private learnSession({ params }: JsonRpcRequest, answer: Answer): void {
    if ('error' in answer) return;
    const { protocolVersion } = answer.result as { protocolVersion: string };
    const client = params?.['clientInfo'] as { name: string; version: string };
    this.protocolVersion = protocolVersion;
    const known = {
      protocolVersion,
      clientName: cutText(client.name, MAX_NAME_CHARACTERS),
      clientVersion: cutText(client.version, MAX_NAME_CHARACTERS),
    };
    this.options.tap.describeSession(known);
    this.options.onInitialized?.(known);
  }
}
