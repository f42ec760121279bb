import type { Agent } from 'node:http';
import { ask, messagesOf, open, type OpenReply, type Question, type Reply } from './http-client';
import type { RpcMessage } from './json-rpc';

export const CLIENT_INFO = { name: 'test-client', version: '1.2.3' };

export const initializeRequest = (protocolVersion = '2025-11-25', id: unknown = 'init') => ({
  jsonrpc: '2.0',
  id,
  method: 'initialize',
  params: { protocolVersion, capabilities: {}, clientInfo: CLIENT_INFO },
});

export interface SessionOptions {
  protocolVersion?: string;
  agent?: Agent | undefined;
  /** On each request. */
  headers?: Question['headers'];
}

/** A client's session over HTTP. */
export class HttpSession {
  private constructor(
    private readonly url: string,
    private readonly options: SessionOptions,
    /** The answer to `initialize`. */
    readonly initialized: Reply,
  ) {}

  static async begin(url: string, options: SessionOptions = {}): Promise<HttpSession> {
    const { protocolVersion, headers, agent } = options;
    const body = initializeRequest(protocolVersion);
    const reply = await ask(url, { body, headers, agent });
    if (reply.status !== 200) throw new Error(`initialize: ${reply.status} ${reply.text}`);
    return new HttpSession(url, options, reply);
  }

  get id(): string {
    return String(this.initialized.headers['mcp-session-id']);
  }

  get headers(): Record<string, string | undefined> {
    return { ...this.options.headers, 'Mcp-Session-Id': this.id };
  }

  ask(question: Question): Promise<Reply> {
    return ask(this.url, this.within(question));
  }

  post(body: Question['body'], headers: Question['headers'] = {}): Promise<Reply> {
    return this.ask({ body, headers });
  }

  async request(method: string, params?: object, id: unknown = 1): Promise<RpcMessage> {
    const reply = await this.post({ jsonrpc: '2.0', id, method, params });
    if (reply.status !== 200) throw new Error(`${method}: ${reply.status} ${reply.text}`);
    return messagesOf(reply)[0]!;
  }

  /** The server's stream. */
  listen(headers: Question['headers'] = {}): Promise<OpenReply> {
    return open(this.url, this.within({ headers: { Accept: 'text/event-stream', ...headers } }));
  }

  end(): Promise<Reply> {
    return this.ask({ method: 'DELETE' });
  }

  private within({ headers, ...question }: Question): Question {
    return {
      agent: this.options.agent,
      ...question,
      headers: { ...this.headers, ...headers },
    };
  }
}
