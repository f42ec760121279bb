import http from 'node:http';
import { connect, type AddressInfo, type Socket } from 'node:net';

export interface ProxyOptions {
  /** Refuses whoever does not show this `Proxy-Authorization`. */
  authorization?: string;
}

/** A real HTTP proxy on a loopback port, for which every host is the one receiver of a test. */
export class Proxy {
  /** What it was asked, in the order of arrival: `CONNECT phoenix.test:443`. */
  readonly asked: string[] = [];
  /** All that it could read: requests' headers, and the bytes of tunnels. */
  read = '';

  private readonly server = http.createServer((request, response) =>
    this.forward(request, response),
  );
  private readonly sockets = new Set<Socket>();

  constructor(
    private readonly receiver: URL,
    private readonly options: ProxyOptions = {},
  ) {
    this.server.on('connect', (request, socket, head) =>
      this.tunnel(request, socket as Socket, head),
    );
    this.server.on('connection', (socket) => {
      this.sockets.add(socket);
      socket.on('close', () => this.sockets.delete(socket));
    });
    this.server.unref();
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  async listen(): Promise<this> {
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
    return this;
  }

  async close(): Promise<void> {
    const closed = new Promise((resolve) => this.server.close(resolve));
    for (const socket of this.sockets) socket.destroy();
    await closed;
  }

  private admits({ method, url, headers }: http.IncomingMessage): boolean {
    this.asked.push(`${method} ${url}`);
    this.read += JSON.stringify(headers);
    const { authorization } = this.options;
    return authorization === undefined || headers['proxy-authorization'] === authorization;
  }

  private forward(request: http.IncomingMessage, response: http.ServerResponse): void {
    if (!this.admits(request)) return void response.writeHead(407).end();
    const { pathname, search } = new URL(request.url!);
    const onward = http.request(new URL(pathname + search, this.receiver), {
      method: request.method!,
      headers: request.headers,
    });
    onward.on('response', (answer) => {
      response.writeHead(answer.statusCode!, answer.headers);
      answer.pipe(response);
    });
    onward.on('error', () => response.writeHead(502).end());
    request.pipe(onward);
  }

  private tunnel(request: http.IncomingMessage, socket: Socket, head: Buffer): void {
    if (!this.admits(request)) {
      return void socket.end('HTTP/1.1 407 Proxy Authentication Required\r\n\r\n');
    }
    const onward = connect(Number(this.receiver.port), this.receiver.hostname, () => {
      socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
      onward.write(head);
      socket.on('data', (bytes) => (this.read += bytes.toString('latin1')));
      socket.pipe(onward).pipe(socket);
    });
    for (const end of [socket, onward]) {
      end.on('error', () => {
        socket.destroy();
        onward.destroy();
      });
    }
  }
}

/** Starts a proxy before a receiver. */
export const startProxy = (receiverUrl: string, options?: ProxyOptions): Promise<Proxy> =>
  new Proxy(new URL(receiverUrl), options).listen();
