import {
  ErrorCode,
  invalid,
  isObject,
  parseMember,
  refuseBatchSize,
  type Answer,
  type JsonRpcId,
  type JsonRpcInvalid,
  type JsonRpcNotification,
  type JsonRpcRequest,
  type JsonRpcResponse,
  type Params,
  type Single,
} from '../json-rpc';
import type { Moment } from './clock';
import { toolsOfList, type ToolFacts } from './known-tools';
import type { Session } from './operation';
import { Pending, type Asked } from './pending';
import {
  factsOfInitialize,
  factsOfInitialized,
  factsOfMeta,
  factsOfResult,
  isNews,
  type SessionFacts,
} from './session-facts';
import { contextOf, type Circumstances, type OpenOperation, type Tap } from './tap';
import type { TraceContext } from './trace-context';

/** The two ends of a conversation, each of which may ask the other. */
export type Side = 'client' | 'server';

export interface ConversationOptions {
  readonly tap: Tap;
  /** What is known from the start. */
  readonly session: Session;
  /** More is known of the session than before. */
  readonly onSession?: (session: Session) => void;
  /** The server has listed tools: a page of them. */
  readonly onTools?: (tools: ReadonlyMap<string, ToolFacts>) => void;
}

const NO_RESULT: Answer = { result: {} };
const ANYWHERE: Place = {};
const PROGRESS = 'notifications/progress';

/** What else is known of a message where it is taken. */
export interface Place {
  /** Runs while the operation of one request or notification is under way, as its handling is. */
  readonly during?: ((open: OpenOperation) => void) | undefined;
  /**
   * In the course of what it was said, `{}` where of nothing; default: of the client's one request
   * that is under way, where the server says it.
   */
  readonly parent?: TraceContext | undefined;
}

const DIRECTIONS = { client: 'received', server: 'sent' } as const;
const OTHER_SIDE = { client: 'server', server: 'client' } as const;

/**
 * What two sides say to each other, of which neither is ours: finds the answer to each request, per
 * side, since both count their ids from 0, and learns from it who they are. Whatever is said, it
 * does not throw.
 */
export class Conversation {
  private readonly asked: Readonly<Record<Side, Pending>> = {
    client: new Pending(),
    server: new Pending(),
  };
  private session: Session;

  constructor(private readonly options: ConversationOptions) {
    this.session = options.session;
  }

  /**
   * One message, or a batch of them, as a side has said it: any JSON value.
   *
   * @returns whether it is one by JSON-RPC
   */
  take(from: Side, said: unknown, at: Moment, place = ANYWHERE): boolean {
    if (!Array.isArray(said)) return this.takeMember(from, parseMember(said, true), at, place);
    const refusal = refuseBatchSize(said.length);
    if (refusal !== undefined) return this.takeMember(from, invalid(refusal), at, place);
    let areMessages = true;
    for (const member of said) {
      areMessages = this.takeMember(from, parseMember(member, true), at, place) && areMessages;
    }
    return areMessages;
  }

  /** A line that is no JSON. */
  takeNoise(from: Side, reason: string, at: Moment): void {
    this.refuse(from, { kind: 'invalid', code: ErrorCode.parse, reason }, at);
  }

  /** It is over: what is open can no longer be answered, but for what was open until then by intent. */
  close(): void {
    const { tap } = this.options;
    for (const { open } of this.asked.client.subscriptions()) tap.answered(open, NO_RESULT);
    tap.close();
  }

  /** The client's one request that is under way: what the server does meanwhile belongs to it. */
  get current(): OpenOperation | undefined {
    return this.asked.client.only?.open;
  }

  private takeMember(from: Side, message: Single, at: Moment, place: Place): boolean {
    switch (message.kind) {
      case 'request':
        this.request(from, message, at, place);
        break;
      case 'notification':
        this.notification(from, message, at, place);
        break;
      case 'response':
        this.response(from, message, at);
        break;
      case 'invalid':
        this.refuse(from, message, at);
        return false;
    }
    return true;
  }

  private refuse(from: Side, { code, reason, id }: JsonRpcInvalid, at: Moment): void {
    this.options.tap.refused(code, reason, id, this.circumstances(from, at));
  }

  private request(from: Side, request: JsonRpcRequest, at: Moment, place: Place): void {
    const { id, method, params } = request;
    const { tap } = this.options;
    const open = tap.request(id, method, params, this.circumstances(from, at, place.parent));
    const oldest = this.asked[from].add(id, { open, method, ...this.keptOf(method, params) });
    if (oldest) tap.cutOff(oldest.open);
    place.during?.(open);
  }

  /** What the answer is read with. */
  private keptOf(method: string, params: Params | undefined): Pick<Asked, 'facts' | 'token'> {
    const meta = params?.['_meta'];
    if (method === 'initialize') return { facts: factsOfInitialize(params), token: undefined };
    if (!isObject(meta)) return { facts: undefined, token: undefined };
    return { facts: factsOfMeta(meta), token: tokenOf(meta) };
  }

  private notification(
    from: Side,
    { method, params }: JsonRpcNotification,
    at: Moment,
    place: Place,
  ): void {
    const { tap } = this.options;
    const parent =
      method === PROGRESS ? (this.subjectOf(from, params) ?? place.parent ?? {}) : place.parent;
    const open = tap.notification(method, params, this.circumstances(from, at, parent));
    if (method === 'notifications/cancelled') this.cancel(from, params, at);
    place.during?.(open);
    // One that nobody handles here takes no time.
    tap.handled(open, place.during ? undefined : at);
  }

  private response(from: Side, { id, answer }: JsonRpcResponse, at: Moment): void {
    const asked = this.asked[OTHER_SIDE[from]];
    const entry = asked.take(id);
    if (entry) {
      if (from === 'server') this.learnFrom(entry, answer);
      this.options.tap.answered(entry.open, answer, at);
      return;
    }
    // Some answer what was taken back; an error without an id answers a line that nobody could read.
    const isLate = asked.wasTakenBack(id);
    const isForNoise = 'error' in answer && (id === null || id === undefined);
    if (!isLate && !isForNoise) this.options.tap.ignored(this.circumstances(from, at));
  }

  private cancel(from: Side, params: Params | undefined, at: Moment): void {
    const entry = this.asked[from].takeBack(params?.['requestId']);
    if (entry) this.options.tap.cancelled(entry.open, at);
  }

  /** A result shows that what the request said of its side was accepted. */
  private learnFrom({ method, facts }: Asked, answer: Answer): void {
    if (!('result' in answer)) return;
    const { result } = answer;
    const isNamed = this.session.serverName !== undefined;
    if (method === 'initialize') this.learn({ ...facts, ...factsOfInitialized(result) });
    else if (facts || !isNamed) this.learn({ ...facts, ...factsOfResult(result) });
    if (method === 'tools/list') this.options.onTools?.(toolsOfList(result));
  }

  private learn(facts: SessionFacts): void {
    if (!isNews(facts, this.session)) return;
    this.session = { ...this.session, ...facts };
    this.options.tap.describeSession(facts);
    this.options.onSession?.(this.session);
  }

  private circumstances(from: Side, at: Moment, parent?: TraceContext): Circumstances {
    return { direction: DIRECTIONS[from], at, parent: parent ?? this.course(from) };
  }

  /** What progress is about: it names its request, which may be one of many, or be over. */
  private subjectOf(from: Side, params: Params | undefined): TraceContext | undefined {
    const subject = this.asked[OTHER_SIDE[from]].withToken(params?.['progressToken']);
    return subject && contextOf(subject.open);
  }

  private course(from: Side): TraceContext | undefined {
    const current = from === 'server' ? this.current : undefined;
    return current && contextOf(current);
  }
}

/** MCP has strings and numbers for tokens. */
function tokenOf({ progressToken }: Params): JsonRpcId | undefined {
  const isToken = typeof progressToken === 'string' || typeof progressToken === 'number';
  return isToken ? progressToken : undefined;
}
