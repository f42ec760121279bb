import type { IncomingMessage, ServerResponse } from 'node:http';
import { parseLine, type JsonRpcBatch, type Single } from '../json-rpc';
import type { TraceContext } from '../tap/trace-context';
import { responseOutlet } from './answer';
import { answerForm, takesEvents } from './accept';
import { checkMediaType, readBody } from './body';
import type { Client, Connect } from '../transport/client';
import { EventStream } from './events';
import { Peers, type Peer } from './peer';
import { Refusal } from './refusal';
import { respond } from './respond';
import { Sessions, type HttpSession } from './sessions';
import { Visitors } from './visitors';

export interface McpEndpointOptions {
  readonly connect: Connect;
  readonly sessions: Sessions;
  /** The revisions of MCP that are spoken. */
  readonly protocolVersions: readonly string[];
  /** Reads `traceparent` and its kin. */
  readonly extract: (headers: object) => TraceContext;
}

/** MCP's endpoint (MCP 2025-11-25, "Streamable HTTP"), and single requests that know of no session. */
export class McpEndpoint {
  private readonly peers = new Peers();
  private readonly visitors: Visitors;

  constructor(private readonly options: McpEndpointOptions) {
    this.visitors = new Visitors(options.connect);
  }

  /** Messages to the server. @throws {Refusal} */
  async post(request: IncomingMessage, response: ServerResponse): Promise<void> {
    checkMediaType(request);
    const form = answerForm(request.headers.accept);
    if (form === undefined) throw notAcceptable('application/json or text/event-stream');
    const text = await readBody(request, response);
    if (text === undefined) return;

    const incoming = parseLine(text);
    const peer = this.peers.of(request);
    const { client, leave } = this.clientOf(request, response, incoming, peer);
    const ambient = this.options.extract(request.headers);
    client.connection.accept({
      incoming,
      outlet: responseOutlet(response, form, leave),
      circumstances: { ambient },
    });
  }

  /** What the server says unasked. @throws {Refusal} */
  get(request: IncomingMessage, response: ServerResponse): void {
    const session = this.sessionOf(request);
    this.checkRevision(request);
    if (!takesEvents(request.headers.accept)) throw notAcceptable('text/event-stream');
    const stream = new EventStream(response, { 'Mcp-Session-Id': session.id });
    this.options.sessions.listen(session, stream);
  }

  /** The end of a session. @throws {Refusal} */
  delete(request: IncomingMessage, response: ServerResponse): void {
    const session = this.sessionOf(request);
    this.checkRevision(request);
    this.options.sessions.end(session);
    respond(response, 200);
  }

  /** Nothing more is answered. */
  close(): void {
    this.visitors.leaveAll();
    this.options.sessions.endAll();
  }

  /** Whom a message is from, and what to do when it has been answered. */
  private clientOf(
    request: IncomingMessage,
    response: ServerResponse,
    incoming: Single | JsonRpcBatch,
    peer: Peer,
  ): { client: Client; leave: () => void } {
    const isInitialize = incoming.kind === 'request' && incoming.method === 'initialize';
    const revision = isInitialize ? undefined : this.checkRevision(request);
    if (request.headers['mcp-session-id'] !== undefined) {
      const session = this.sessionOf(request);
      if (isInitialize) {
        throw new Refusal(
          'session_exists',
          'Invalid request: the session is initialized; another begins without Mcp-Session-Id',
        );
      }
      this.options.sessions.enter(session, peer);
      return { client: session.client, leave: () => this.options.sessions.leave(session) };
    }
    if (isInitialize) return { client: this.begin(response, peer), leave: () => undefined };
    const visitor = this.visitors.enter(peer, revision);
    return { client: visitor, leave: () => this.visitors.leave(visitor) };
  }

  /** The session is there when `initialize` has been answered, and not where that failed. */
  private begin(response: ServerResponse, peer: Peer): Client {
    const { sessions, connect } = this.options;
    sessions.requireRoom();
    const id = sessions.newId();
    let session: HttpSession | undefined;
    const client = connect({
      session: { id, transport: 'tcp', ...peer },
      write: (message) => session?.stream?.send(message),
      onInitialized() {
        session = sessions.add(id, client, peer);
        response.setHeader('Mcp-Session-Id', id);
      },
    });
    return client;
  }

  private sessionOf({ headers }: IncomingMessage): HttpSession {
    const id = headers['mcp-session-id'];
    if (typeof id === 'string') return this.options.sessions.use(id);
    throw new Refusal(
      'session_required',
      'Bad request: the header Mcp-Session-Id is missing; initialize answers with one',
    );
  }

  /** @returns the revision of MCP that the request names */
  private checkRevision({ headers }: IncomingMessage): string | undefined {
    const revision = headers['mcp-protocol-version'] as string | undefined;
    const { protocolVersions } = this.options;
    if (revision === undefined || protocolVersions.includes(revision)) return revision;
    throw new Refusal(
      'unsupported_protocol_version',
      `Bad request: MCP-Protocol-Version ${JSON.stringify(revision.slice(0, 80))} is not one of ${protocolVersions.join(', ')}`,
    );
  }
}

const notAcceptable = (forms: string): Refusal =>
  new Refusal('not_acceptable', `Not acceptable: Accept must name ${forms}`);
