import type { Transport } from '@modelcontextprotocol/sdk/shared/transport.js';
import type { JSONRPCMessage } from '@modelcontextprotocol/sdk/types.js';
import { INTERNAL_FAULT, type Answer, type Params } from '../json-rpc';

/** Runs something within what is current while a message is handled. */
export type Run = (run: () => void) => void;

/**
 * The way to the SDK's Server, as a Transport of its. The Server is loaded when there is the first
 * message for it, and gets each request under an id of our own: so answers find their requests even
 * where a client uses an id twice, and a late answer to a cancelled request cannot be mistaken for
 * another's.
 */
export class SdkTransport implements Transport {
  onclose?: () => void;
  onerror?: (error: Error) => void;
  onmessage?: Transport['onmessage'];

  private readonly awaited = new Map<number, (answer: Answer) => void>();
  private lastId = 0;
  private connecting: Promise<void> | undefined;
  /** What came before the Server was there. */
  private early: (() => void)[] | undefined = [];

  /**
   * @param connect loads the Server and connects it to this transport
   * @param write takes what the Server says unasked
   */
  constructor(
    private readonly connect: (transport: SdkTransport) => Promise<void>,
    private readonly write: (line: string) => void,
  ) {}

  /** @returns the id by which to withdraw it */
  request(
    method: string,
    params: Params | undefined,
    run: Run,
    answer: (answer: Answer) => void,
  ): number {
    const id = ++this.lastId;
    this.awaited.set(id, answer);
    const fail = () => this.answered(id, { error: INTERNAL_FAULT });
    this.give({ jsonrpc: '2.0', id, method, ...(params && { params }) }, run, fail);
    return id;
  }

  /** The SDK ends its handling, and what it still answers is dropped: MCP wants no answer. */
  withdraw(id: number, run: Run): void {
    this.awaited.delete(id);
    this.notify('notifications/cancelled', { requestId: id }, run);
  }

  /** To a Server that is not there, no notification means anything. */
  notify(method: string, params: Params | undefined, run: Run): void {
    if (this.connecting) this.give({ jsonrpc: '2.0', method, ...(params && { params }) }, run);
  }

  async start(): Promise<void> {}

  async close(): Promise<void> {
    this.onclose?.();
  }

  /** The Server's answer to a request; it has nothing else to say to a calculator's client. */
  async send(message: JSONRPCMessage): Promise<void> {
    if (!('id' in message) || 'method' in message) {
      this.write(JSON.stringify(message));
      return;
    }
    this.answered(
      message.id as number,
      'error' in message ? { error: message.error } : { result: message.result },
    );
  }

  private answered(id: number, answer: Answer): void {
    const settle = this.awaited.get(id);
    this.awaited.delete(id);
    settle?.(answer);
  }

  /** @param fail for what the SDK would not even take (params nested too deep to print, say) */
  private give(message: JSONRPCMessage, run: Run, fail?: () => void): void {
    const deliver = () => {
      try {
        run(() => this.onmessage!(message));
      } catch (error) {
        this.onerror?.(error as Error);
        fail?.();
      }
    };
    if (!this.early) return deliver();
    this.early.push(deliver);
    this.connecting ??= this.connect(this).finally(() => {
      const early = this.early ?? [];
      this.early = undefined;
      for (const deliver of early) deliver();
    });
  }
}
