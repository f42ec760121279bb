import type { Activate, Activators } from '../telemetry/context';

const runPlainly: Activate = (_open, run) => run();

/**
 * OpenTelemetry's context of the request at hand, whose packages are loaded after the handshake: who
 * waits for the answer to `initialize` need not wait for them too.
 */
export class LazyContext implements Activators {
  private loaded: typeof import('../telemetry/context') | undefined;
  private activators: Activators = { atOnce: runPlainly, lasting: runPlainly };

  get isLoaded(): boolean {
    return this.loaded !== undefined;
  }

  readonly load = async (): Promise<void> => {
    this.loaded = await import('../telemetry/context');
    this.activators = this.loaded.createActivators();
  };

  readonly atOnce: Activate = (open, run) => this.activators.atOnce(open, run);
  readonly lasting: Activate = (open, run) => this.activators.lasting(open, run);

  /** The ids of the span that is current, for log lines. */
  readonly currentIds = () => this.loaded?.currentIds();
}
