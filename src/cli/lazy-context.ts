import type { OpenOperation } from '../tap/tap';

/**
 * OpenTelemetry's context of the request at hand, whose packages are loaded after the handshake: who
 * waits for the answer to `initialize` need not wait for them too.
 */
export class LazyContext {
  private loaded: typeof import('../telemetry/context') | undefined;
  private within: (open: OpenOperation, run: () => void) => void = (_open, run) => run();

  readonly load = async (): Promise<void> => {
    this.loaded = await import('../telemetry/context');
    this.within = this.loaded.createActivator();
  };

  readonly activate = (open: OpenOperation, run: () => void): void => this.within(open, run);

  /** The ids of the span that is current, for log lines. */
  readonly currentIds = () => this.loaded?.currentIds();
}
