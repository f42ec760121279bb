import { randomUUID } from 'node:crypto';
import { MAX_CONTENT_CHARACTERS, redactText } from '../tap/bounded-json';
import { DeferredLooks } from './deferred-looks';
import { MessageWatch } from './message-watch';
import { Observer, type ObserverOptions } from './observer';
import { Propagation } from './propagation';
import type { RelayOptions } from './relay';
import { ServerLog } from './server-log';

export type Looks = Pick<
  RelayOptions,
  'fromClient' | 'fromServer' | 'fromServerStderr' | 'rewrite' | 'onEnding'
>;

const CANNOT_PROPAGATE =
  '--propagate has no effect: without spans, or without tracecontext in OTEL_PROPAGATORS, there is no context to write';

export interface StdioEyesOptions extends ObserverOptions {
  /** What looking on has thrown: a fault of ours. */
  readonly onFault: (error: unknown) => void;
}

/** What looks on as a relay passes the bytes of one server on stdio. */
export class StdioEyes {
  readonly looks: Looks;
  readonly telemetry: Observer['telemetry'];
  private readonly observer: Observer;
  private hasToldNoise = false;
  private readonly endings: readonly ((hasDied: boolean) => void)[];

  constructor(private readonly options: StdioEyesOptions) {
    this.observer = new Observer(options);
    this.telemetry = this.observer.telemetry;
    const { clock } = this.observer;
    const { conversation, end } = this.observer.connect({ id: randomUUID(), transport: 'pipe' });
    const client = new MessageWatch({ from: 'client', conversation, clock });
    const server = new MessageWatch({
      from: 'server',
      conversation,
      clock,
      onNoise: (beginning) => this.noise(beginning),
    });
    const log = new ServerLog({
      clock,
      hides: this.observer.hides,
      current: () => conversation.current,
      write: (line) => this.telemetry.serverLine(line),
    });
    const deferred = new DeferredLooks(clock, options.onFault);
    const rewrite = this.propagates(options)
      ? new Propagation(client, clock, deferred.flush)
      : undefined;
    this.looks = {
      ...(rewrite
        ? { rewrite, fromClient: () => rewrite.tellFault() }
        : { fromClient: deferred.of((chunk, at) => client.push(chunk, at)) }),
      // A last line without its newline comes before the answer to it.
      onEnding: (reason) => {
        if (reason !== 'stdin ended') return;
        deferred.flush();
        client.end();
      },
      fromServer: deferred.of((chunk, at) => server.push(chunk, at)),
      fromServerStderr: deferred.of((chunk, at) => log.push(chunk, at)),
    };
    this.endings = [deferred.flush, () => client.end(), () => server.end(), () => log.end(), end];
  }

  /**
   * Nothing more is said, because the server has died or otherwise. Sends all that is left, for at most
   * so long. Never rejects.
   */
  async end(millis: number, hasDied: boolean): Promise<void> {
    for (const end of this.endings) this.guarded(() => end(hasDied));
    await this.observer.shutdown(millis);
  }

  private guarded(run: () => void): void {
    try {
      run();
    } catch (error) {
      this.options.onFault(error);
    }
  }

  private propagates({ loaded }: ObserverOptions): boolean {
    const { propagate, propagators } = loaded.settings;
    const can = this.observer.makesSpans && propagators.includes('tracecontext');
    if (propagate && !can) this.telemetry.log('warn', CANNOT_PROPAGATE);
    return propagate && can;
  }

  private noise(beginning: string): void {
    if (this.hasToldNoise) return;
    this.hasToldNoise = true;
    const shown = redactText(beginning, MAX_CONTENT_CHARACTERS, this.observer.hides);
    this.telemetry.log(
      'warn',
      `the server writes on stdout what is no JSON-RPC, which belongs on stderr: clients may stumble over it. Of all such lines, counted as method invalid, this is the first: ${shown}`,
    );
  }
}
