import type { Answer, JsonRpcId, Params } from '../json-rpc';
import { cutText, MAX_NAME_CHARACTERS } from './bounded-json';
import { classifyAnswer, contentText, outcomeOfCode, type Verdict } from './classify';
import type { Clock, Moment } from './clock';
import { Content, type ContentOptions } from './content';
import type { IdGenerator } from './ids';
import { isKnownMethod } from './methods';
import { INVALID, type Operation, type Session } from './operation';
import { subjectOf } from './subject';
import type { Sampler } from './sampler';
import { linkTo, type TraceContext } from './trace-context';

type RpcError = NonNullable<Verdict['rpcError']>;

export interface TapOptions extends ContentOptions {
  readonly clock: Clock;
  readonly ids: IdGenerator;
  readonly sampler: Sampler;
  readonly extract: (meta: unknown) => TraceContext;
  /** The known tools; a success adds to them. */
  readonly tools: { has(name: string): boolean; add(name: string): unknown };
  readonly captureContent: boolean;
  /** Called once for each operation, when it ends. */
  readonly onEnd: (operation: Operation) => void;
}

/** What is known of a message beside its text. */
export interface Circumstances {
  /** Default: received. */
  readonly direction?: Operation['direction'];
  /** When it came; default: now. */
  readonly at?: Moment;
  /** In the course of what it was sent, where it names no parent of its own. */
  readonly parent?: TraceContext | undefined;
  /**
   * The trace context of what carried it, such as HTTP's headers: the parent where there is no other,
   * a link where the message names its own (OpenTelemetry's MCP convention).
   */
  readonly ambient?: TraceContext | undefined;
}

const RECEIVED_NOW: Circumstances = {};

/** A request that awaits its answer. `baggage` and `isRandom` are the caller's. */
export interface OpenOperation {
  readonly operation: Operation;
  readonly baggage?: string | undefined;
  readonly isRandom?: boolean | undefined;
  readonly start: Moment;
}

/**
 * Sees each message of one connection and makes one operation of each request, notification and
 * refused line. It knows no transport and makes no telemetry: `onEnd` is where the records go.
 */
export class Tap {
  private readonly open = new Set<OpenOperation>();
  private readonly content: Content;
  private session: Session;

  constructor(
    session: Session,
    private readonly options: TapOptions,
  ) {
    this.session = session;
    this.content = new Content(options);
  }

  get openCount(): number {
    return this.open.size;
  }

  /** Something more is known of the connection; operations that end from now on carry it. */
  describeSession(more: Partial<Session>): void {
    this.session = { ...this.session, ...more };
  }

  request(
    id: JsonRpcId,
    method: string,
    params: Params | undefined,
    circumstances?: Circumstances,
  ): OpenOperation {
    const open = this.begin('request', method, params, id, circumstances);
    this.open.add(open);
    return open;
  }

  notification(
    method: string,
    params: Params | undefined,
    circumstances?: Circumstances,
  ): OpenOperation {
    const open = this.begin('notification', method, params, undefined, circumstances);
    this.open.add(open);
    return open;
  }

  /** A line that is no request, and the error that it is answered with. */
  refused(code: number, message: string, id?: JsonRpcId, circumstances?: Circumstances): void {
    const open = this.begin('invalid', INVALID, undefined, id, circumstances);
    const rpcError = this.tellable({ code, message }, this.options.captureContent);
    this.finish(open, { outcome: outcomeOfCode(code), rpcError }, circumstances?.at);
  }

  /** A line that asks for no answer and means nothing here: an answer to a question never asked. */
  ignored(circumstances?: Circumstances): void {
    const open = this.begin('invalid', INVALID, undefined, undefined, circumstances);
    this.finish(open, { outcome: 'rejected' }, circumstances?.at);
  }

  /** @param at when the answer came; default: now */
  answered(open: OpenOperation, answer: Answer, at?: Moment): void {
    if (!this.open.delete(open)) return;
    const { operation } = open;
    const { tool } = operation;
    if (tool !== undefined && 'result' in answer && this.keepsContent(operation))
      this.content.keepResult(operation, answer.result);
    this.finish(open, this.classify(operation, answer), at);
  }

  /** A notification has been taken note of. */
  handled(open: OpenOperation, at?: Moment): void {
    if (this.open.delete(open)) this.finish(open, { outcome: 'ok' }, at);
  }

  /** The caller took its request back. */
  cancelled(open: OpenOperation, at?: Moment): void {
    if (this.open.delete(open)) this.finish(open, { outcome: 'cancelled' }, at);
  }

  /** Its answer is not waited for any more. */
  cutOff(open: OpenOperation): void {
    if (!this.open.delete(open)) return;
    open.operation.cutOff = true;
    this.finish(open, { outcome: 'error' });
  }

  /** The connection is over: what is open can no longer be answered. */
  close(): void {
    for (const open of this.open) this.cutOff(open);
  }

  private begin(
    kind: Operation['kind'],
    method: string,
    params: Params | undefined,
    id?: JsonRpcId,
    circumstances: Circumstances = RECEIVED_NOW,
  ): OpenOperation {
    const { options } = this;
    const start = circumstances.at ?? options.clock.now();
    const named = options.extract(params?.['_meta']);
    const { ambient } = circumstances;
    const isNamed = named.traceId !== undefined;
    const parent = isNamed ? named : (circumstances.parent ?? ambient ?? named);
    const traceId = parent.traceId ?? options.ids.traceId();
    const name = method === 'tools/call' ? params?.['name'] : undefined;
    const tool = typeof name === 'string' ? cutText(name, MAX_NAME_CHARACTERS) : undefined;
    const sampled = options.sampler(traceId, parent.sampled);
    const hasContent = tool !== undefined && sampled && options.captureContent;
    const args = hasContent ? params?.['arguments'] : undefined;
    // One literal with every member that a call has: spreads and later additions cost a microsecond.
    const operation: Operation = {
      kind,
      direction: circumstances.direction ?? 'received',
      method: cutText(method, MAX_NAME_CHARACTERS),
      methodKnown: isKnownMethod(method),
      requestId: id === undefined ? undefined : cutText(String(id), MAX_NAME_CHARACTERS),
      tool,
      toolKnown: tool !== undefined && options.tools.has(tool),
      traceId,
      spanId: options.ids.spanId(),
      parentSpanId: parent.spanId,
      traceState: parent.traceState,
      link: isNamed && ambient ? linkTo(ambient, named) : undefined,
      sampled,
      startTime: start.wall,
      duration: 0,
      session: this.session,
      outcome: 'ok',
      argumentsText: args === undefined ? undefined : this.content.text(args),
      numericArguments: args === undefined ? undefined : this.content.numbers(args),
      resultText: undefined,
      numericResult: undefined,
      scalarArguments: args === undefined ? undefined : this.content.scalars(args),
      ...(tool === undefined && subjectOf(method, params, options.hides)),
    };
    const baggage = named.baggage ?? parent.baggage;
    return { operation, start, baggage, isRandom: parent.isRandom };
  }

  private classify(operation: Operation, answer: Answer): Verdict {
    const keepsContent = this.keepsContent(operation);
    const verdict = classifyAnswer(answer, keepsContent, this.options.hides);
    // Nothing shows better that a tool is there.
    if (verdict.outcome === 'ok') this.learnTool(operation);
    if (!verdict.rpcError) return verdict;
    return { ...verdict, rpcError: this.tellable(verdict.rpcError, keepsContent) };
  }

  private learnTool(operation: Operation): void {
    const { tool, toolKnown } = operation;
    if (tool === undefined || toolKnown) return;
    this.options.tools.add(tool);
    operation.toolKnown = this.options.tools.has(tool);
  }

  /** The message of a server that is not ours may quote what was sent: it is held to the same. */
  private tellable(error: RpcError, keepsContent: boolean): RpcError {
    const { hides } = this.options;
    if (!hides) return error;
    return { ...error, message: keepsContent ? contentText(error.message, hides) : '' };
  }

  /** Content goes into the span alone. */
  private keepsContent({ sampled }: Operation): boolean {
    return sampled && this.options.captureContent;
  }

  /** What is known by now; but it came on the connection on which it came. */
  private sessionOf({ session: { clientAddress, clientPort } }: Operation): Session {
    const { session } = this;
    if (session.clientPort === clientPort && session.clientAddress === clientAddress)
      return session;
    return { ...session, clientAddress, clientPort };
  }

  private finish(open: OpenOperation, verdict: Verdict, at?: Moment): void {
    const { operation } = open;
    operation.duration = at
      ? Math.max(0, at.monotonic - open.start.monotonic)
      : this.options.clock.since(open.start);
    operation.session = this.sessionOf(operation);
    operation.outcome = verdict.outcome;
    if (verdict.rpcError) operation.rpcError = verdict.rpcError;
    if (verdict.toolError) operation.toolError = verdict.toolError;
    this.options.onEnd(operation);
  }
}

/** What is sent in the course of an operation belongs to its trace. */
export function contextOf({ operation }: OpenOperation): TraceContext {
  const { traceId, spanId, sampled, traceState } = operation;
  return { traceId, spanId, sampled, ...(traceState === undefined ? {} : { traceState }) };
}
