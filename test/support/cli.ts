import { join } from 'node:path';
import { Child, type ChildOptions } from './child';
import type { RpcMessage } from './json-rpc';
import { ROOT } from './root';

export { stopAll, type Exit } from './child';
export { onlyJsonRpc, type RpcMessage } from './json-rpc';

export interface CliOptions extends ChildOptions {
  /** Arguments of the product. */
  args?: string[];
  /** Another command in the product's place; `args` come after it. */
  command?: [string, ...string[]];
}

type Id = string | number;
interface Waiting {
  resolve(answer: RpcMessage): void;
  fail(reason: string): void;
}

const PRODUCT: [string, ...string[]] = [process.execPath, join(ROOT, 'bin', 'ts-calculator.js')];

/** The built product, or another stdio server, with a client's side of the conversation. */
export class Cli extends Child {
  /** All that stdout brought; the members of a batch one by one. */
  readonly messages: RpcMessage[] = [];
  /** Requests without an answer, oldest first. */
  private readonly waiting = new Map<Id, Waiting[]>();
  private nextId = 1;
  private nextUnread = 0;

  constructor({ args = [], command = PRODUCT, ...options }: CliOptions = {}) {
    super([...command, ...args], options);
  }

  /** Writes a message, or a string in its place, and a newline. */
  send(message: object | string): void {
    this.write(`${typeof message === 'string' ? message : JSON.stringify(message)}\n`);
  }

  notify(method: string, params?: object): void {
    this.send({ jsonrpc: '2.0', method, params });
  }

  /** Sends a request; resolves with its answer, result or error. */
  request(method: string, params?: object, id: Id = this.nextId++): Promise<RpcMessage> {
    const answer = this.answerTo(id, `${method} (id ${id})`);
    this.send({ jsonrpc: '2.0', id, method, params });
    return answer;
  }

  call(tool: string, args: object, meta?: object): Promise<RpcMessage> {
    return this.request('tools/call', { name: tool, arguments: args, _meta: meta });
  }

  /** A client's handshake. Resolves with the answer to `initialize`. */
  async initialize(protocolVersion = '2025-11-25'): Promise<RpcMessage> {
    const clientInfo = { name: 'test-client', version: '1.2.3' };
    const params = { protocolVersion, capabilities: {}, clientInfo };
    const answer = await this.request('initialize', params);
    this.notify('notifications/initialized');
    return answer;
  }

  /** The messages one by one, in the order of arrival, those read already included. */
  nextMessage(): Promise<RpcMessage> {
    const index = this.nextUnread++;
    return this.waitFor(() => this.messages[index], `message ${index + 1}`);
  }

  /** The next answer with this id, however the request is sent. */
  answerTo(id: Id, what = `id ${id}`): Promise<RpcMessage> {
    return new Promise((resolve, reject) => {
      const fail = (reason: string): void => {
        clearTimeout(timer);
        reject(new Error(`no answer to ${what}: ${reason}\n${this.report()}`));
      };
      const timer = setTimeout(() => fail(`not in ${this.timeoutMs} ms`), this.timeoutMs);
      const waiting: Waiting = {
        resolve: (answer) => {
          clearTimeout(timer);
          resolve(answer);
        },
        fail,
      };
      this.waiting.set(id, [...(this.waiting.get(id) ?? []), waiting]);
    });
  }

  protected override take(lines: string[]): void {
    for (const line of lines) {
      for (const message of parse(line)) {
        this.messages.push(message);
        if (message.id === undefined || message.method !== undefined) continue;
        const [first, ...later] = this.waiting.get(message.id) ?? [];
        if (later.length > 0) this.waiting.set(message.id, later);
        else this.waiting.delete(message.id);
        first?.resolve(message);
      }
    }
  }

  protected override over(reason: string): void {
    for (const list of this.waiting.values()) for (const { fail } of list) fail(reason);
    this.waiting.clear();
  }
}

/** A line's messages; none where it is no JSON: `lines` keeps it, and onlyJsonRpc complains. */
function parse(line: string): RpcMessage[] {
  try {
    return [JSON.parse(line)].flat().filter((value) => typeof value === 'object' && value !== null);
  } catch {
    return [];
  }
}

/** Starts the product. */
export const startCli = (options?: CliOptions): Cli => new Cli(options);
