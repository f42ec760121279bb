import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { HttpSettings } from '../config/settings';
import type { TraceContext } from '../tap/trace-context';
import type { Connect } from '../transport/client';
import { createGuards } from './guard';
import { createHandler, type Route } from './handler';
import { McpEndpoint } from './mcp-endpoint';
import type { Refusal } from './refusal';
import { JSON_HEADERS, respond } from './respond';
import { HttpServer } from './server';
import { Sessions } from './sessions';

const FRESH = { 'Cache-Control': 'no-store' };
const TEXT = { 'Content-Type': 'text/plain' };
const PROMETHEUS_TEXT = { 'Content-Type': 'text/plain; version=0.0.4; charset=utf-8' };

export { REFUSALS } from './refusal';

/** What is told to people and machines beside MCP, of the whole process. */
export interface Reports {
  /** For load balancers and people: plain data for JSON. */
  health(): object;
  /** In Prometheus' text form; undefined: there is none. */
  metrics(): string | undefined;
}

export interface HttpDoorOptions {
  readonly settings: HttpSettings;
  readonly connect: Connect;
  /** The revisions of MCP that are spoken. */
  readonly protocolVersions: readonly string[];
  /** Reads `traceparent` and its kin. */
  readonly extract: (headers: object) => TraceContext;
  readonly reports: Reports;
  /** @param request absent where none was read */
  readonly onRefused: (refusal: Refusal, request?: IncomingMessage) => void;
  /** A fault of ours. */
  readonly onFault: (error: unknown) => void;
}

/** MCP over HTTP, and two looks at the process beside it. */
export class HttpDoor {
  private readonly sessions: Sessions;
  private readonly mcp: McpEndpoint;
  private readonly server: HttpServer;

  constructor(private readonly options: HttpDoorOptions) {
    const { settings, onRefused, onFault } = options;
    this.sessions = new Sessions({ idleMillis: settings.sessionIdleMillis });
    this.mcp = new McpEndpoint({ ...options, sessions: this.sessions });
    this.server = new HttpServer({
      onRefused,
      handle: createHandler({
        routes: this.routes(),
        guards: createGuards(settings),
        allowedOrigins: settings.allowedOrigins,
        onRefused: (request, refusal) => onRefused(refusal, request),
        onFault,
      }),
    });
  }

  get sessionCount(): number {
    return this.sessions.count;
  }

  /** @throws the system's error: EADDRINUSE and its kin */
  listen(): Promise<AddressInfo> {
    const { host, port } = this.options.settings;
    return this.server.listen(port, host);
  }

  /** No new connections; resolves when all that was asked is answered and all sessions have ended. */
  async end(): Promise<void> {
    await this.server.end(() => this.sessions.endStreams());
    this.mcp.close();
  }

  private routes(): Readonly<Record<string, Route>> {
    const { settings, reports } = this.options;
    const { mcp } = this;
    const health = (_request: IncomingMessage, response: ServerResponse) =>
      respond(response, 200, { ...FRESH, ...JSON_HEADERS }, JSON.stringify(reports.health()));
    const metrics = (_request: IncomingMessage, response: ServerResponse) => {
      const text = reports.metrics();
      if (text === undefined)
        respond(response, 404, TEXT, 'telemetry is off: OTEL_SDK_DISABLED is true\n');
      else respond(response, 200, { ...FRESH, ...PROMETHEUS_TEXT }, text);
    };
    return {
      '/health': { methods: { GET: health, HEAD: health }, isPublic: true },
      '/metrics': { methods: { GET: metrics, HEAD: metrics } },
      [settings.path]: {
        methods: {
          GET: (request, response) => mcp.get(request, response),
          POST: (request, response) => mcp.post(request, response),
          DELETE: (request, response) => mcp.delete(request, response),
        },
      },
    };
  }
}
