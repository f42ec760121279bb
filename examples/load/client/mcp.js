// MCP over Streamable HTTP as the official clients speak it.
import http from 'k6/http';
import { Counter, Rate, Trend } from 'k6/metrics';
import { ADDRESS, TOKEN } from './settings.js';

const PROTOCOL = '2025-11-25';
const CLIENT_INFO = { name: 'k6', version: '1.0.0' };

/**
 * What the server counts as well, by the same labels: `method`, `tool`, `outcome`. Under names of their
 * own: in a backend that both sides send to, nothing may be counted twice.
 */
const requests = new Counter('client_requests');
const notifications = new Counter('client_notifications');
const sessions = new Counter('client_sessions');
/** Of the streams, those that were open to their session's end, or that the server does not offer. */
const streams = new Rate('client_streams');
const sessionDuration = new Trend('client_session_duration', true);

/** The JSON-RPC codes by which a server says that the caller is at fault. */
const CALLER_AT_FAULT = [-32700, -32600, -32601, -32602];

/** A client's side of one session. */
export class Client {
  #headers = {
    'Content-Type': 'application/json',
    // Both, as the specification asks of clients: the server may choose.
    Accept: 'application/json, text/event-stream',
    ...(TOKEN && { Authorization: `Bearer ${TOKEN}` }),
  };
  #nextId = 1;
  #begun;

  /**
   * Asks for a session.
   *
   * @returns what `request` does; without a `session` there is none
   */
  initialize() {
    this.#begun = Date.now();
    const params = { protocolVersion: PROTOCOL, capabilities: {}, clientInfo: CLIENT_INFO };
    const answer = this.request('initialize', params);
    const session = answer.response.headers['Mcp-Session-Id'];
    this.#headers['Mcp-Protocol-Version'] = answer.result?.protocolVersion ?? PROTOCOL;
    if (session) this.#headers['Mcp-Session-Id'] = session;
    return { ...answer, session };
  }

  /**
   * Opens the stream by which a server may speak without being asked. In a crowd the end of a short
   * session may overtake it on another connection: the answer is then 404.
   *
   * @returns a promise that it has ended: at once where the server offers none, else with the session
   */
  async openStream() {
    const { status } = await http.asyncRequest('GET', ADDRESS, null, {
      headers: { ...this.#headers, Accept: 'text/event-stream' },
      timeout: '1h',
      tags: { name: 'stream', kind: 'stream' },
      responseCallback: http.expectedStatuses(200, 404, 405),
    });
    streams.add(status === 200 || status === 405);
  }

  /**
   * Sends a request and waits for its answer.
   *
   * @returns the HTTP `response`, the answer's `result` or `error`, and the `outcome`: ok, tool_error,
   *   rejected, error, or lost where there is no answer
   */
  request(method, params) {
    const id = this.#nextId++;
    const name = [method, params?.name].filter(Boolean).join(' ');
    const response = this.#post({ jsonrpc: '2.0', id, method, params }, name);
    const { result, error } = answerIn(response, id) ?? {};
    const outcome = outcomeOf(result, error);
    const tool = method === 'tools/call' ? { tool: params.name } : {};
    requests.add(1, { method, ...tool, outcome });
    return { response, result, error, outcome };
  }

  /** Calls a tool: see `request`. */
  call(tool, args) {
    return this.request('tools/call', { name: tool, arguments: args });
  }

  /** Sends a notification; returns the HTTP response. */
  notify(method) {
    notifications.add(1, { method });
    return this.#post({ jsonrpc: '2.0', method }, method);
  }

  /** Ends the session; returns the HTTP response. */
  end() {
    const response = http.del(ADDRESS, null, this.#params('end'));
    sessions.add(1);
    sessionDuration.add(Date.now() - this.#begun);
    return response;
  }

  #post(message, name) {
    return http.post(ADDRESS, JSON.stringify(message), this.#params(name));
  }

  /** Named as the server names its spans. */
  #params(name) {
    return { headers: this.#headers, tags: { name, kind: 'message' } };
  }
}

function outcomeOf(result, error) {
  if (error) return CALLER_AT_FAULT.includes(error.code) ? 'rejected' : 'error';
  if (!result) return 'lost';
  return result.isError ? 'tool_error' : 'ok';
}

/** The message that answers a request, out of JSON or an event stream; undefined where there is none. */
function answerIn({ body, headers }, id) {
  if (!body) return undefined;
  const isStream = (headers['Content-Type'] ?? '').startsWith('text/event-stream');
  const texts = isStream ? eventData(body) : [body];
  return texts.map(parse).find((message) => message?.id === id);
}

/** The data of each event that has some. */
function eventData(stream) {
  const data = (event) => [...event.matchAll(/^data: ?(.*)$/gm)].map(([, line]) => line).join('\n');
  return stream
    .split(/\r?\n\r?\n/)
    .map(data)
    .filter(Boolean);
}

function parse(text) {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
