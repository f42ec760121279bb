import type { Answer, JsonRpcId, Params } from '../json-rpc';
import { boundedJson, cutText, MAX_NAME_CHARACTERS } from './bounded-json';
import { classifyAnswer, outcomeOfCode, type Verdict } from './classify';
import type { Clock, Moment } from './clock';
import type { IdGenerator } from './ids';
import { isKnownMethod } from './methods';
import { INVALID, type Operation, type Session } from './operation';
import type { Sampler } from './sampler';
import type { TraceContext } from './trace-context';

const MAX_NUMERIC_ARGUMENTS = 16;

export interface TapOptions {
  readonly clock: Clock;
  readonly ids: IdGenerator;
  readonly sampler: Sampler;
  readonly extract: (meta: unknown) => TraceContext;
  readonly tools: ReadonlySet<string>;
  readonly captureContent: boolean;
  /** Reads an argument or a result as the nearest double, where it is a number at all. */
  readonly readNumber: (value: unknown) => number | undefined;
  /** Called once for each operation, when it ends. */
  readonly onEnd: (operation: Operation) => void;
}

/** A request that awaits its answer. `baggage` is the caller's, as sent. */
export interface OpenOperation {
  readonly operation: Operation;
  readonly baggage?: string | undefined;
  readonly start: Moment;
}

/**
 * Sees each message of one connection and makes one operation of each request, notification and
 * refused line. It knows no transport and makes no telemetry: `onEnd` is where the records go.
 */
export class Tap {
  private readonly open = new Set<OpenOperation>();
  private session: Session;

  constructor(
    session: Session,
    private readonly options: TapOptions,
  ) {
    this.session = session;
  }

  get openCount(): number {
    return this.open.size;
  }

  /** Something more is known of the connection; operations that end from now on carry it. */
  describeSession(more: Partial<Session>): void {
    this.session = { ...this.session, ...more };
  }

  request(id: JsonRpcId, method: string, params: Params | undefined): OpenOperation {
    const open = this.begin('request', method, params, id);
    this.open.add(open);
    return open;
  }

  notification(method: string, params: Params | undefined): OpenOperation {
    const open = this.begin('notification', method, params);
    this.open.add(open);
    return open;
  }

  /** A line that is no request, and the error that it was answered with. */
  refused(code: number, message: string, id?: JsonRpcId): void {
    const open = this.begin('invalid', INVALID, undefined, id);
    this.finish(open, { outcome: outcomeOfCode(code), rpcError: { code, message } });
  }

  /** A line that asks for no answer and means nothing here: an answer to a question never asked. */
  ignored(): void {
    this.finish(this.begin('invalid', INVALID, undefined), { outcome: 'rejected' });
  }

  answered(open: OpenOperation, answer: Answer): void {
    if (!this.open.delete(open)) return;
    const { operation } = open;
    if (operation.tool !== undefined && 'result' in answer)
      this.keepResult(operation, answer.result);
    this.finish(open, classifyAnswer(answer, this.keepsContent(operation)));
  }

  /** A notification has been taken note of. */
  handled(open: OpenOperation): void {
    if (this.open.delete(open)) this.finish(open, { outcome: 'ok' });
  }

  /** The caller took its request back. */
  cancelled(open: OpenOperation): void {
    if (this.open.delete(open)) this.finish(open, { outcome: 'cancelled' });
  }

  /** The connection is over: what is open can no longer be answered. */
  close(): void {
    for (const open of this.open) {
      open.operation.cutOff = true;
      this.finish(open, { outcome: 'error' });
    }
    this.open.clear();
  }

  private begin(
    kind: Operation['kind'],
    method: string,
    params: Params | undefined,
    id?: JsonRpcId,
  ): OpenOperation {
    const { options } = this;
    const start = options.clock.now();
    const parent = options.extract(params?.['_meta']);
    const traceId = parent.traceId ?? options.ids.traceId();
    const name = method === 'tools/call' ? params?.['name'] : undefined;
    const tool = typeof name === 'string' ? name : undefined;
    const sampled = options.sampler(traceId, parent.sampled);
    const hasContent = tool !== undefined && sampled && options.captureContent;
    const args = hasContent ? params?.['arguments'] : undefined;
    // One literal with every member that a call has: spreads and later additions cost a microsecond.
    const operation: Operation = {
      kind,
      direction: 'received',
      method: cutText(method, MAX_NAME_CHARACTERS),
      methodKnown: isKnownMethod(method),
      requestId: id === undefined ? undefined : cutText(String(id), MAX_NAME_CHARACTERS),
      tool: tool === undefined ? undefined : cutText(tool, MAX_NAME_CHARACTERS),
      toolKnown: tool !== undefined && options.tools.has(tool),
      traceId,
      spanId: options.ids.spanId(),
      parentSpanId: parent.spanId,
      traceState: parent.traceState,
      sampled,
      startTime: start.wall,
      duration: 0,
      session: this.session,
      outcome: 'ok',
      argumentsText: args === undefined ? undefined : boundedJson(args),
      numericArguments: args === undefined ? undefined : this.numbersIn(args),
      resultText: undefined,
      numericResult: undefined,
    };
    return { operation, start, baggage: parent.baggage };
  }

  private keepResult(operation: Operation, result: unknown): void {
    if (!this.keepsContent(operation) || typeof result !== 'object' || result === null) return;
    const { structuredContent, content } = result as Record<string, unknown>;
    operation.resultText = boundedJson(structuredContent ?? content);
    operation.numericResult = this.options.readNumber(
      (structuredContent as Record<string, unknown> | undefined)?.['result'],
    );
  }

  /** Content goes into the span alone. */
  private keepsContent({ sampled }: Operation): boolean {
    return sampled && this.options.captureContent;
  }

  private numbersIn(args: unknown): Record<string, number> {
    const numbers: Record<string, number> = {};
    if (typeof args !== 'object' || args === null || Array.isArray(args)) return numbers;
    let seen = 0;
    for (const name in args) {
      if (++seen > MAX_NUMERIC_ARGUMENTS) break;
      const number = this.options.readNumber((args as Params)[name]);
      if (number !== undefined) numbers[cutText(name, MAX_NAME_CHARACTERS)] = number;
    }
    return numbers;
  }

  private finish(open: OpenOperation, verdict: Verdict): void {
    const { operation } = open;
    operation.duration = this.options.clock.since(open.start);
    operation.session = this.session;
    operation.outcome = verdict.outcome;
    if (verdict.rpcError) operation.rpcError = verdict.rpcError;
    if (verdict.toolError) operation.toolError = verdict.toolError;
    this.options.onEnd(operation);
  }
}
