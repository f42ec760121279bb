import { request as requestHttp, type Agent } from 'node:http';
import { request as requestHttps } from 'node:https';
import { createAgent, type Target } from '../telemetry/agent';
import { isHtml } from '../telemetry/answers';
import { startStopwatch } from './stopwatch';

export interface Reply {
  readonly status: number;
  readonly isWebPage: boolean;
  /** Where a redirect leads to. */
  readonly location: string | undefined;
  /** Its beginning. */
  readonly body: string;
  /** From the request to the end of the answer. */
  readonly millis: number;
}

/** What a body is read of; more of it is of no use here. */
const MAX_BODY = 1_000_000;

/** Asks a receiver the way the exporters do: with its headers, its TLS and its proxy. Follows no redirect. */
export class HttpClient {
  private readonly agent: Promise<Agent>;

  constructor(
    target: Target,
    private readonly headers: Readonly<Record<string, string>>,
  ) {
    this.agent = createAgent(target);
  }

  get(url: string): Promise<Reply> {
    return this.ask('GET', url, {});
  }

  /** An OTLP export with nothing in it: no bytes at all. */
  postNothing(url: string): Promise<Reply> {
    return this.ask('POST', url, { 'Content-Type': 'application/x-protobuf', 'Content-Length': 0 });
  }

  async close(): Promise<void> {
    (await this.agent).destroy();
  }

  private async ask(method: string, url: string, headers: object): Promise<Reply> {
    const agent = await this.agent;
    const request = url.startsWith('https:') ? requestHttps : requestHttp;
    const stopwatch = startStopwatch();
    return new Promise((resolve, reject) => {
      const asked = request(url, { method, agent, headers: { ...this.headers, ...headers } });
      asked.once('error', reject);
      asked.once('response', (response) => {
        const { statusCode: status = 0, headers } = response;
        const isWebPage = isHtml(headers);
        let body = '';
        response.setEncoding('utf8');
        response.on('data', (text: string) => {
          if (body.length < MAX_BODY) body += text;
        });
        response.once('error', reject);
        response.once('end', () =>
          resolve({ status, isWebPage, location: headers.location, body, millis: stopwatch() }),
        );
      });
      asked.end();
    });
  }
}
