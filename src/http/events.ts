import type { OutgoingHttpHeaders, ServerResponse } from 'node:http';

// Server-sent events (WHATWG HTML, "Server-sent events").

export const EVENT_HEADERS = {
  'Content-Type': 'text/event-stream',
  'Cache-Control': 'no-cache, no-transform',
  // nginx would keep events back.
  'X-Accel-Buffering': 'no',
};

/** Often enough for proxies that give up a silent stream after 30 s, and to find that a client is gone. */
const HEARTBEAT_MILLIS = 15_000;

/** @param message one message as JSON, which has no newline in it */
export const eventText = (message: string): string => `event: message\ndata: ${message}\n\n`;

/** What the server says unasked: a response that stays open. */
export class EventStream {
  private readonly heartbeat: NodeJS.Timeout;

  constructor(
    private readonly response: ServerResponse,
    headers: OutgoingHttpHeaders,
    heartbeatMillis = HEARTBEAT_MILLIS,
  ) {
    response.writeHead(200, { ...headers, ...EVENT_HEADERS }).flushHeaders();
    this.heartbeat = setInterval(() => response.write(': \n\n'), heartbeatMillis).unref();
    this.onClose(() => clearInterval(this.heartbeat));
  }

  /** @param listener called when it is over, whoever ended it */
  onClose(listener: () => void): void {
    this.response.on('close', listener);
  }

  send(message: string): void {
    const { destroyed, writableEnded } = this.response;
    if (!destroyed && !writableEnded) this.response.write(eventText(message));
  }

  end(): void {
    clearInterval(this.heartbeat);
    this.response.end();
  }
}
