import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';

/** An alert as Alertmanager sends it. */
export interface Alert {
  readonly status: 'firing' | 'resolved';
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
  readonly startsAt: string;
  readonly fingerprint: string;
}

/** An alert that began to fire, or ended. */
export interface Notice extends Alert {
  /** When it came, in ms since 1970. */
  readonly at: number;
}

/** Whom Alertmanager tells. */
export class Webhook {
  /** What was told, in its order. A message tells again of all of its group: here is what is new in it. */
  readonly notices: Notice[] = [];
  private readonly server: Server;
  private readonly seen = new Set<string>();

  constructor() {
    this.server = createServer((request, response) => {
      void json(request).then((body) => {
        this.take((body as { alerts: Alert[] }).alerts);
        response.end();
      });
    });
    this.server.unref();
  }

  async listen(): Promise<this> {
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
    return this;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/alerts`;
  }

  stop(): void {
    this.server.closeAllConnections();
    this.server.close();
  }

  private take(alerts: Alert[]): void {
    for (const alert of alerts) {
      const event = `${alert.fingerprint} ${alert.startsAt} ${alert.status}`;
      if (this.seen.has(event)) continue;
      this.seen.add(event);
      this.notices.push({ ...alert, at: Date.now() });
    }
  }
}
