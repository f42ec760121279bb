import type { Transport } from '@modelcontextprotocol/sdk/shared/transport.js';
import type { JSONRPCMessage } from '@modelcontextprotocol/sdk/types.js';
import {
  ErrorCode,
  parseLine,
  parseMember,
  type JsonRpcId,
  type JsonRpcNotification,
  type JsonRpcRequest,
  type Params,
  type RpcError,
  type Single,
} from '../json-rpc';
import { cutText, MAX_NAME_CHARACTERS } from '../tap/bounded-json';
import type { Answer } from '../tap/classify';
import type { Session } from '../tap/operation';
import type { OpenOperation, Tap } from '../tap/tap';
import type { Line } from './line-splitter';
import { batchReply, lineReply, type Reply } from './reply';

/** The one revision of MCP in which a line may be an array of messages. */
const BATCH_REVISION = '2025-03-26';
const MAX_BATCH = 10_000;

export interface ConnectionOptions {
  readonly tap: Tap;
  /** Takes one message's text, without a newline. */
  readonly write: (line: string) => void;
  /** Refuses params that are not of the method's form, before the SDK sees them. */
  readonly check: (method: string, params: Params | undefined) => RpcError | undefined;
  /** Runs the request's handling within its trace context. */
  readonly activate?: (open: OpenOperation, run: () => void) => void;
  /** `initialize` was answered: a session has begun, of which this is known. */
  readonly onInitialized?: (known: Partial<Session>) => void;
}

interface InFlight {
  readonly request: JsonRpcRequest;
  readonly open: OpenOperation;
  readonly reply: Reply;
}

/**
 * One client's conversation, as the SDK's Transport: lines in, lines out, whatever carries them.
 *
 * The SDK gets each request under an id of our own, so answers find their requests even where a
 * client uses an id twice, and a late answer to a cancelled request cannot be mistaken for another's.
 */
export class Connection implements Transport {
  onclose?: () => void;
  onerror?: (error: Error) => void;
  onmessage?: Transport['onmessage'];

  // In order of arrival: a cancellation means the oldest request of its id.
  private readonly inFlight = new Map<number, InFlight>();
  private openBatches = 0;
  private lastId = 0;
  private protocolVersion: string | undefined;
  private onIdle: (() => void) | undefined;

  constructor(private readonly options: ConnectionOptions) {}

  async start(): Promise<void> {}

  async close(): Promise<void> {
    this.onclose?.();
  }

  /** Handles one line of the client's; never throws. */
  receive(line: Line): void {
    const reply = lineReply(this.options.write);
    if ('oversizedBytes' in line) {
      const reason = `Invalid request: a line of ${line.oversizedBytes} bytes; at most 10 MB are read`;
      this.handle({ kind: 'invalid', code: ErrorCode.invalidRequest, reason }, reply);
      return;
    }
    const incoming = parseLine(line.text);
    if (incoming.kind === 'batch') this.batch(incoming.members);
    else this.handle(incoming, reply);
  }

  /** Resolves when every request taken in has been answered or cancelled. */
  idle(): Promise<void> {
    if (this.isIdle()) return Promise.resolve();
    return new Promise((resolve) => (this.onIdle = resolve));
  }

  /** The SDK's answer to a request; the SDK has nothing else to say to a calculator's client. */
  async send(message: JSONRPCMessage): Promise<void> {
    if (!('id' in message) || 'method' in message) {
      this.options.write(JSON.stringify(message));
      return;
    }
    const found = this.inFlight.get(message.id as number);
    if (!found) return; // cancelled meanwhile: MCP wants no answer
    const answer: Answer =
      'error' in message ? { error: message.error } : { result: message.result };
    if (found.request.method === 'initialize') this.learnSession(found.request, answer);
    this.settle(message.id as number, () =>
      this.answer(found.open, found.request.id, answer, found.reply),
    );
  }

  private batch(members: readonly unknown[]): void {
    const { write } = this.options;
    const refusal = this.refuseBatch(members.length);
    if (refusal !== undefined) {
      const reason = `Invalid request: ${refusal}`;
      this.handle({ kind: 'invalid', code: ErrorCode.invalidRequest, reason }, lineReply(write));
      return;
    }
    this.openBatches++;
    const reply = batchReply(members.length, write, () => this.openBatches--);
    for (const member of members) this.handle(parseMember(member), reply, true);
  }

  private refuseBatch(size: number): string | undefined {
    if (this.protocolVersion !== BATCH_REVISION) {
      return `batches belong to MCP ${BATCH_REVISION}, which was not negotiated`;
    }
    if (size === 0) return 'an empty batch';
    return size > MAX_BATCH
      ? `a batch of ${size} messages; at most ${MAX_BATCH} are read`
      : undefined;
  }

  private handle(message: Single, reply: Reply, inBatch = false): void {
    switch (message.kind) {
      case 'request':
        this.request(message, reply, inBatch);
        break;
      case 'notification':
        this.notification(message);
        reply.nothing();
        break;
      case 'response':
        this.options.tap.ignored();
        reply.nothing();
        break;
      case 'invalid':
        this.options.tap.refused(message.code, message.reason, message.id);
        reply.send(errorMessage(message.id, { code: message.code, message: message.reason }));
    }
  }

  private request(request: JsonRpcRequest, reply: Reply, inBatch: boolean): void {
    const { id, method, params } = request;
    if (inBatch && method === 'initialize') {
      const reason = 'Invalid request: initialize must not be part of a batch';
      this.handle({ kind: 'invalid', code: ErrorCode.invalidRequest, reason, id }, reply);
      return;
    }
    const open = this.options.tap.request(id, method, params);
    const fault = this.options.check(method, params);
    if (fault) {
      this.answer(open, id, { error: { code: fault.code, message: fault.message } }, reply);
      return;
    }
    // A pipe sends all its lines at once: a batch may come before the answer that allows it.
    if (method === 'initialize') this.protocolVersion = params?.['protocolVersion'] as string;
    const ownId = ++this.lastId;
    this.inFlight.set(ownId, { request, open, reply });
    const passed = this.pass(open, {
      jsonrpc: '2.0',
      id: ownId,
      method,
      ...(params && { params }),
    });
    if (!passed) {
      const error = { code: ErrorCode.internal, message: 'Internal error' };
      this.settle(ownId, () => this.answer(open, id, { error }, reply));
    }
  }

  private notification({ method, params }: JsonRpcNotification): void {
    const open = this.options.tap.notification(method, params);
    if (method === 'notifications/cancelled') this.cancel(params);
    else this.pass(open, { jsonrpc: '2.0', method, ...(params && { params }) });
    this.options.tap.handled(open);
  }

  /** A cancellation that comes too late, or of `initialize` (which MCP forbids), changes nothing. */
  private cancel(params: Params | undefined): void {
    for (const [ownId, { request, open, reply }] of this.inFlight) {
      if (request.id !== params?.['requestId']) continue;
      if (request.method === 'initialize') return;
      this.options.tap.cancelled(open);
      const cancelled = { requestId: ownId };
      this.pass(open, { jsonrpc: '2.0', method: 'notifications/cancelled', params: cancelled });
      this.settle(ownId, () => reply.nothing());
      return;
    }
  }

  /** @returns false where the SDK would not even take it (params nested too deep to print, say) */
  private pass(open: OpenOperation, message: JSONRPCMessage): boolean {
    const run = () => this.onmessage?.(message);
    try {
      if (this.options.activate) this.options.activate(open, run);
      else run();
      return true;
    } catch (error) {
      this.onerror?.(error as Error);
      return false;
    }
  }

  private answer(open: OpenOperation, id: JsonRpcId, answer: Answer, reply: Reply): void {
    this.options.tap.answered(open, answer);
    reply.send(
      'error' in answer
        ? errorMessage(id, answer.error)
        : { jsonrpc: '2.0', id, result: answer.result },
    );
  }

  private settle(ownId: number, finish: () => void): void {
    this.inFlight.delete(ownId);
    finish();
    if (this.isIdle()) this.onIdle?.();
  }

  private isIdle(): boolean {
    return this.inFlight.size === 0 && this.openBatches === 0;
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

/** Without an id where the request's is not known: MCP's schema has it optional and refuses null. */
function errorMessage(id: JsonRpcId | undefined, error: { code: number; message: string }): object {
  return { jsonrpc: '2.0', ...(id === undefined ? {} : { id }), error };
}
