import {
  createServer,
  STATUS_CODES,
  type RequestListener,
  type Server,
  type ServerResponse,
} from 'node:http';
import { Server as NetServer, type AddressInfo, type Socket } from 'node:net';
import { drain } from './drain';
import { Refusal, type RefusalReason } from './refusal';

/** How long clients may take (slowloris): milliseconds. */
export interface Patience {
  /** For a request's line and headers, and before the first of them. */
  readonly headers: number;
  /** For a whole request. */
  readonly request: number;
  /**
   * Between two requests, and for a client that reads nothing of its answer: longer than the 60 s for
   * which proxies keep a connection.
   */
  readonly idle: number;
  /** How often that is looked at. */
  readonly check: number;
}

const PATIENCE: Patience = { headers: 10_000, request: 30_000, idle: 65_000, check: 1_000 };

/** A request that crosses our end on its way is answered: so long connections are kept after it. */
const LINGER_MILLIS = 50;

/** A client that still sends reads so long: a connection that is closed at once is reset. */
const CLOSE_MILLIS = 1_000;

export interface HttpServerOptions {
  readonly handle: RequestListener;
  /** What came was no request, or did not come in time. */
  readonly onRefused: (refusal: Refusal) => void;
  readonly patience?: Patience;
}

/** Node's HTTP server, with bounds on what clients may take of time, and an end in order. */
export class HttpServer {
  private readonly server: Server;
  /** What is being asked and answered. */
  private readonly open = new Set<ServerResponse>();
  /** The same, connection by connection. */
  private readonly openOn = new WeakMap<Socket, Set<ServerResponse>>();
  private isEnding = false;

  constructor({ handle, onRefused, patience = PATIENCE }: HttpServerOptions) {
    const take: RequestListener = (request, response) => {
      const { socket } = request;
      this.open.add(response);
      this.openOn.get(socket)!.add(response);
      if (this.isEnding) beLast(response);
      response.on('close', () => {
        this.open.delete(response);
        this.openOn.get(socket)!.delete(response);
      });
      handle(request, response);
    };
    this.server = createServer(
      {
        headersTimeout: patience.headers,
        requestTimeout: patience.request,
        keepAliveTimeout: patience.idle,
        connectionsCheckingInterval: patience.check,
        noDelay: true,
        // A guard asks for it, in words.
        requireHostHeader: false,
      },
      take,
    );
    this.server.on('connection', (socket: Socket) => {
      const own = new Set<ServerResponse>();
      this.openOn.set(socket, own);
      // What waits behind another answer on a connection does not hear of its end.
      socket.on('close', () => own.forEach((response) => this.open.delete(response)));
    });
    // Nothing went either way for so long. Who waits for us is let wait.
    this.server.setTimeout(patience.idle, (socket) => {
      if (this.answersOn(socket).every(({ writableEnded }) => writableEnded)) socket.destroy();
    });
    // Node would ask for each body, also of a request that is refused.
    this.server.on('checkContinue', take).on('checkExpectation', take);
    this.server.on('clientError', (error: NodeJS.ErrnoException, socket: Socket) => {
      // What still comes on a connection that is refused already.
      if (socket.writableEnded) return;
      // One that said nothing asked for nothing: browsers and Go open connections to spare.
      const isSilent = socket.bytesRead === 0;
      const isAnswered = this.answersOn(socket).some(({ headersSent }) => headersSent);
      const refusal = isSilent || isAnswered ? undefined : refusalOf(error);
      if (!refusal || !socket.writable) return void socket.destroy();
      onRefused(refusal);
      socket.end(rawResponse(refusal));
      setTimeout(() => socket.destroy(), CLOSE_MILLIS).unref();
    });
  }

  /**
   * @returns where it listens
   * @throws the system's error: EADDRINUSE and its kin
   */
  async listen(port: number, host: string): Promise<AddressInfo> {
    await new Promise<void>((resolve, reject) => {
      this.server.once('error', reject);
      this.server.listen(port, host, () => {
        this.server.off('error', reject);
        resolve();
      });
    });
    return this.server.address() as AddressInfo;
  }

  /**
   * No new connections; resolves when what was asked is answered, and all connections are closed.
   *
   * @param endStreams ends the responses that would stay open
   */
  async end(endStreams: () => void): Promise<void> {
    this.isEnding = true;
    // Not http's own `close`, which cuts off connections whose request has not been read yet.
    NetServer.prototype.close.call(this.server);
    this.open.forEach(beLast);
    endStreams();
    await new Promise((resolve) => setTimeout(resolve, LINGER_MILLIS));
    this.server.closeIdleConnections();
    await drain(this.open);
    this.server.closeAllConnections();
  }

  private answersOn(socket: Socket): ServerResponse[] {
    return [...(this.openOn.get(socket) ?? [])];
  }
}

/** Nothing more is asked on this connection. */
function beLast(response: ServerResponse): void {
  if (!response.headersSent) response.setHeader('Connection', 'close');
}

const REASONS: Readonly<Record<string, readonly [RefusalReason, string]>> = {
  ERR_HTTP_REQUEST_TIMEOUT: ['timeout', 'Request timeout: the request did not come in time'],
  HPE_HEADER_OVERFLOW: ['headers_too_large', 'Request headers too large: at most 16 KB are read'],
};

/** @returns undefined where the client is gone */
function refusalOf({ code = '', message }: NodeJS.ErrnoException): Refusal | undefined {
  if (Object.hasOwn(REASONS, code)) return new Refusal(...REASONS[code]!);
  if (!code.startsWith('HPE_') || code === 'HPE_INVALID_EOF_STATE') return undefined;
  return new Refusal(
    'malformed_http',
    `Bad request: this is not HTTP (${message}); TLS is for a proxy to speak`,
  );
}

/** For where Node has no response to write to. */
function rawResponse({ status, body }: Refusal): string {
  return [
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}`,
    'Connection: close',
    'Content-Type: application/json',
    `Content-Length: ${Buffer.byteLength(body)}`,
    '',
    body,
  ].join('\r\n');
}
