import { Agent, request, type IncomingHttpHeaders, type IncomingMessage } from 'node:http';
import type { RpcMessage } from './json-rpc';
import { Waiters } from './waiters';

/** One HTTP request. Nothing is sent but what is said here; fetch would add an `Accept`. */
export interface Question {
  /** Default: POST where there is a body, else GET. */
  method?: string | undefined;
  /** One that is undefined is not sent. */
  headers?: Record<string, string | undefined> | undefined;
  /** What is no text is sent as JSON. With a body, `Content-Type` is JSON's unless told otherwise. */
  body?: string | Buffer | object | undefined;
  /** Default: a connection of its own. */
  agent?: Agent | undefined;
}

export interface Reply {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
  /** The client's end of the connection. */
  readonly localPort: number;
}

const WAIT_MS = 10_000;

/** A response whose body may take its time. */
export class OpenReply {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly localPort: number;
  /** Resolves when it is over, cut off or not. */
  readonly ended: Promise<void>;
  text = '';
  private readonly waiters = new Waiters();

  constructor(private readonly response: IncomingMessage) {
    this.status = response.statusCode!;
    this.headers = response.headers;
    this.localPort = response.socket.localPort!;
    response.setEncoding('utf8').on('data', (chunk: string) => {
      this.text += chunk;
      this.waiters.check();
    });
    response.on('error', () => {}); // Cut off: `isWhole` tells.
    this.ended = new Promise((resolve) => response.on('close', resolve));
  }

  /** It came to its end, as the server meant it to. */
  get isWhole(): boolean {
    return this.response.complete;
  }

  waitForText(text: string): Promise<boolean> {
    return this.waiters.add(
      () => this.text.includes(text),
      WAIT_MS,
      () => `${JSON.stringify(text)} in ${JSON.stringify(this.text)}`,
    );
  }

  /** As a client does that goes without a word. */
  vanish(): void {
    this.response.destroy();
  }
}

/** Resolves when the headers of the response are there. */
export function open(url: string, question: Question = {}): Promise<OpenReply> {
  const { headers = {}, body, agent } = question;
  const content = textOf(body);
  const given = Object.entries({
    ...(content !== undefined && { 'Content-Type': 'application/json' }),
    ...headers,
  }).filter((entry): entry is [string, string] => entry[1] !== undefined);
  return new Promise((resolve, reject) => {
    const sent = request(url, {
      method: question.method ?? (content === undefined ? 'GET' : 'POST'),
      headers: Object.fromEntries(given),
      agent: agent ?? false,
    });
    sent.on('response', (response) => resolve(new OpenReply(response)));
    sent.on('error', reject);
    sent.end(content);
  });
}

/** Resolves when the whole response is there. */
export async function ask(url: string, question: Question = {}): Promise<Reply> {
  const reply = await open(url, question);
  await reply.ended;
  if (!reply.isWhole) throw new Error(`cut off after ${JSON.stringify(reply.text.slice(-200))}`);
  const { status, headers, text, localPort } = reply;
  return { status, headers, text, localPort };
}

function textOf(body: Question['body']): string | Buffer | undefined {
  if (body === undefined || typeof body === 'string' || Buffer.isBuffer(body)) return body;
  return JSON.stringify(body);
}

/** Connections that are kept, so many at a time. */
export const keepAlive = (maxSockets: number): Agent => new Agent({ keepAlive: true, maxSockets });

const EVENT = /event: message\ndata: ([^\n]*)\n\n/y;

/** The messages of a response, in whichever of the two forms it has. Another form is an error. */
export function messagesOf({ headers, text }: Pick<Reply, 'headers' | 'text'>): RpcMessage[] {
  const type = headers['content-type'];
  if (type === 'application/json') return [JSON.parse(text)].flat();
  if (type !== 'text/event-stream') throw new Error(`no messages in ${type}: ${text}`);
  const messages: RpcMessage[] = [];
  EVENT.lastIndex = 0;
  for (let at = 0; at < text.length; at = EVENT.lastIndex) {
    const event = EVENT.exec(text);
    if (!event) throw new Error(`no event: ${JSON.stringify(text.slice(at))}`);
    messages.push(JSON.parse(event[1]!));
  }
  return messages;
}
