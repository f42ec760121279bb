import { randomUUID } from 'node:crypto';
import type { Observed, Observer } from '../observe/observer';
import type { OpenOperation } from '../tap/tap';
import type { SharedContext } from '../telemetry/shared-context';
import type { Listener } from './tap-transport';
import { carrierOf, type TransportMembers } from './observable';

/** What one transport needs to be observed: shared by all of a process. */
export interface Running {
  readonly observer: Observer;
  readonly context: SharedContext;
  /** Those whose connections have begun and not ended. */
  readonly connected: Set<TransportEyes>;
}

interface Connection extends Observed {
  readonly running: Running;
}

const NOTHING = (): void => undefined;

/**
 * Looks on as one transport's messages pass. A connection begins with its first message, when a
 * transport over HTTP knows its session, and ends when the transport closes.
 */
export class TransportEyes implements Listener {
  private connection: Connection | undefined;
  private isClosed = false;
  private faultIsTold = false;

  /** @param running what there is now to observe with; undefined: messages pass unseen */
  constructor(
    private readonly transport: TransportMembers,
    private readonly running: () => Running | undefined,
  ) {}

  received(message: unknown, deliver: () => void): void {
    this.isClosed = false;
    const handling = new Handling(deliver);
    this.look(({ conversation, running: { observer, context } }) => {
      // Where no spans are made, the author's own must not become children of one that is not there.
      const during = observer.makesSpans
        ? (open: OpenOperation) => context.during(open, handling.run)
        : undefined;
      conversation.take('client', message, observer.clock.now(), { during });
    });
    handling.finish();
  }

  sent(message: unknown): void {
    this.look(({ conversation, running: { observer, context } }) => {
      const place = { parent: context.active() };
      conversation.take('server', message, observer.clock.now(), place);
    });
  }

  /** What is still open can no longer be answered. */
  closed(): void {
    this.isClosed = true;
    this.connection?.end();
    this.connection?.running.connected.delete(this);
    this.connection = undefined;
  }

  /** A fault of ours must not be the author's. */
  private look(look: (connection: Connection) => void): void {
    try {
      const connection = this.connect();
      if (connection) look(connection);
    } catch (error) {
      this.tellFault(error);
    }
  }

  private tellFault(error: unknown): void {
    if (this.faultIsTold) return;
    this.faultIsTold = true;
    const text = error instanceof Error ? error.stack : String(error);
    this.connection?.running.observer.telemetry.log('error', `internal fault: ${text}`);
  }

  private connect(): Connection | undefined {
    return (this.connection ??= this.isClosed ? undefined : this.begin());
  }

  private begin(): Connection | undefined {
    const running = this.running();
    if (!running) return undefined;
    running.connected.add(this);
    const { sessionId: id = randomUUID() } = this.transport;
    const observed = running.observer.connect({ id, transport: carrierOf(this.transport) });
    return { ...observed, running };
  }
}

/** The author's handling of a message: it runs once, and what it throws is the author's. */
class Handling {
  private fault: { readonly error: unknown } | undefined;

  constructor(private deliver: () => void) {}

  readonly run = (): void => {
    const { deliver } = this;
    this.deliver = NOTHING;
    try {
      deliver();
    } catch (error) {
      this.fault = { error };
    }
  };

  /** @throws what the author's handler has thrown */
  finish(): void {
    this.run();
    if (this.fault) throw this.fault.error;
  }
}
