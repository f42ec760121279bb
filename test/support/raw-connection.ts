import { connect, type Socket } from 'node:net';
import { Waiters } from './waiters';

const WAIT_MS = 10_000;

/** A TCP connection to this machine, on which bytes are sent as they are. */
export class RawConnection {
  /** What came until now. */
  text = '';
  /** Resolves when the connection is over, whoever ended it. */
  readonly closed: Promise<void>;
  isClosed = false;
  /** Why it was cut off, such as ECONNRESET; undefined: it was ended in order. */
  fault: string | undefined;
  private readonly socket: Socket;
  private readonly waiters = new Waiters();

  constructor(port: number, options: { allowHalfOpen?: boolean } = {}) {
    this.socket = connect({ host: '127.0.0.1', port, noDelay: true, ...options });
    this.socket.setEncoding('latin1').on('data', (chunk: string) => {
      this.text += chunk;
      this.waiters.check();
    });
    this.socket.on('error', ({ code }: NodeJS.ErrnoException) => (this.fault = code));
    this.closed = new Promise((resolve) => {
      this.socket.on('close', () => {
        this.isClosed = true;
        this.waiters.cancel('the connection was closed');
        resolve();
      });
    });
  }

  /** The status of the first response; undefined while there is none. */
  get status(): number | undefined {
    const [, status] = /^HTTP\/1\.1 (\d{3})/.exec(this.text) ?? [];
    return status === undefined ? undefined : Number(status);
  }

  /** @returns false where the other side does not read as fast */
  write(bytes: string | Buffer): boolean {
    return this.socket.write(bytes);
  }

  /** Reads nothing more. */
  pause(): void {
    this.socket.pause();
  }

  /** Reads on. */
  resume(): void {
    this.socket.resume();
  }

  /** Says that nothing more will be sent. */
  end(): void {
    this.socket.end();
  }

  destroy(): void {
    this.socket.destroy();
  }

  waitForText(text: string): Promise<boolean> {
    return this.waiters.add(
      () => this.text.includes(text),
      WAIT_MS,
      () => `${text} in ${JSON.stringify(this.text)}`,
    );
  }
}

/** A request's line and headers, and what there is of its body. */
export function requestText(
  line: string,
  headers: Readonly<Record<string, string | undefined>>,
  body = '',
): string {
  const lines = Object.entries(headers)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `${name}: ${value}`);
  return [`${line} HTTP/1.1`, ...lines, '', body].join('\r\n');
}
