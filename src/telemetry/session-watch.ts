import type { Session } from '../tap/operation';
import type { Telemetry } from './telemetry';

/** Counts the one session that a connection can be: from its beginning in MCP to its end. */
export class SessionWatch {
  private open: { readonly session: Session; readonly since: number } | undefined;

  constructor(
    private readonly telemetry: Pick<Telemetry, 'sessionOpened' | 'sessionClosed'>,
    private readonly initial: Session,
    private readonly monotonic: () => number = () => performance.now(),
  ) {}

  /** A second `initialize` says more of the session; it does not begin another. */
  opened(known: Partial<Session>): void {
    if (!this.open) this.telemetry.sessionOpened();
    this.open = {
      session: { ...this.initial, ...known },
      since: this.open?.since ?? this.monotonic(),
    };
  }

  closed(): void {
    if (!this.open) return;
    this.telemetry.sessionClosed(this.open.session, (this.monotonic() - this.open.since) / 1000);
    this.open = undefined;
  }
}
