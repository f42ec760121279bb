import { performance } from 'node:perf_hooks';
import { URL } from 'node:url';
import { call, Form, isRight, LEARN, small } from '../answers.mjs';
import { INITIALIZE, INITIALIZED, PROTOCOL } from '../handshake.mjs';
import { quantile } from '../statistics.mjs';
import { Connection } from './connection.mjs';

const MOST_TOLD = 500;

/** Calls `add` over HTTP, over so many connections, and checks every answer. */
export class Client {
  /** JSON-RPC messages sent so far. */
  made = { requests: 0, notifications: 0 };
  #url;
  #connections;
  /** What stands before the body of a request: of each session, or the one of no session. */
  #heads = [];
  #form;

  constructor(url, connections) {
    this.#url = new URL(url);
    this.#connections = Array.from({ length: connections }, () => new Connection(this.#url));
  }

  /** What stands before a body; the headers are those that the SDK's client sends on Node. */
  #head(session, { isFirst = false } = {}) {
    return [
      `POST ${this.#url.pathname} HTTP/1.1`,
      `Host: ${this.#url.host}`,
      'Connection: keep-alive',
      ...(session ? [`Mcp-Session-Id: ${session}`] : []),
      ...(isFirst ? [] : [`MCP-Protocol-Version: ${PROTOCOL}`]),
      'Content-Type: application/json',
      'Accept: application/json, text/event-stream',
      'Accept-Language: *',
      'Sec-Fetch-Mode: cors',
      'User-Agent: node',
      'Accept-Encoding: gzip, deflate',
      'Content-Length: ',
    ].join('\r\n');
  }

  /** One request whose answer is looked at by whoever made it. */
  async #send(connection, head, body, status) {
    const response = await new Promise((take, fail) =>
      connection.send(withBody(head, body), { take, fail }),
    );
    if (response.status !== status) throw wrong(response, `a ${status}`);
    return response;
  }

  /** Opens so many sessions more. */
  async openSessions(count) {
    let left = count;
    const goOn = async (connection) => {
      while (left-- > 0) this.#heads.push(await this.#openSession(connection));
    };
    await Promise.all(this.#connections.map(goOn));
  }

  async #openSession(connection) {
    const head = this.#head(undefined, { isFirst: true });
    const response = await this.#send(connection, head, JSON.stringify(INITIALIZE), 200);
    const { session, message } = response;
    if (!session || !JSON.parse(message).result?.serverInfo) throw wrong(response, 'a session');
    const own = this.#head(session);
    await this.#send(connection, own, JSON.stringify(INITIALIZED), 202);
    this.made.requests++;
    this.made.notifications++;
    return own;
  }

  /** The first call: it teaches the form of the answers. */
  async #learn(head) {
    const body = call(LEARN.id, LEARN);
    const response = await this.#send(this.#connections[0], head, body, 200);
    if (!isRight(response.message, LEARN.id, LEARN.result)) throw wrong(response, LEARN.result);
    this.made.requests++;
    return new Form(response.message);
  }

  /**
   * Makes so many calls, one at a time over each connection, by turns in all sessions; without a session
   * where none was opened.
   *
   * @returns calls a second, and the milliseconds that the median and the 99th of a hundred took
   */
  async calls(count) {
    const heads = this.#heads.length > 0 ? this.#heads : [this.#head()];
    this.#form ??= await this.#learn(heads[0]);
    const times = new Float64Array(count);
    const began = performance.now();
    await this.#callAll(times, heads);
    const seconds = (performance.now() - began) / 1_000;
    this.made.requests += count;
    return {
      callsPerSecond: count / seconds,
      p50: quantile(times, 0.5),
      p99: quantile(times, 0.99),
    };
  }

  #callAll(times, heads) {
    const first = this.made.requests;
    const form = this.#form;
    let sent = 0;
    let answered = 0;
    return new Promise((resolve, fail) => {
      const goOn = (connection, at, { length }) => {
        // Clients keep to their connections; where there are fewer sessions, connections share them.
        const own = heads.filter((_, i) => i % length === at % heads.length);
        let turn = 0;
        let id = 0;
        let began = 0;
        const send = () => {
          if (sent === times.length) return;
          id = first + sent++;
          const request = withBody(own[turn++ % own.length], call(id, small(id)));
          began = performance.now();
          connection.send(request, { take, fail });
        };
        const take = (response) => {
          times[answered++] = performance.now() - began;
          const { result } = small(id);
          const { status, message } = response;
          const isExpected = status === 200 && message === form.expected(id, result);
          if (!isExpected && !(status === 200 && isRight(message, id, result))) {
            fail(wrong(response, result));
          } else if (answered === times.length) resolve();
          else send();
        };
        send();
      };
      this.#connections.forEach(goOn);
    });
  }

  close() {
    for (const connection of this.#connections) connection.close();
  }
}

const withBody = (head, body) => `${head}${body.length}\r\n\r\n${body}`;

const wrong = ({ status, message }, right) =>
  new Error(`answered ${status} ${message.slice(0, MOST_TOLD)} where ${right} was right`);
