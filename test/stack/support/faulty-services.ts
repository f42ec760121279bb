import { program } from '../../e2e/support/observe';
import type { Cli } from '../../support/cli';
import { startTraffic, type Call, type Traffic } from './traffic';

/** Named so in the rules' parameters; a name that has to be written otherwise in a link. */
export const ALWAYS_BUSY = 'always busy & asked';

interface Means {
  /** Starts the product under a name, and opens a session. */
  serve(service: string, ...args: string[]): Promise<Cli>;
  /** Waits until the database holds an open session of it. */
  isOpen(service: string): Promise<unknown>;
}

/** A server that is not ours, and dies when it is told to; who looks at it lives on. */
const OBSERVED = ['observe', '--', ...program('server.ts')];

const add = (n: number): Call => ['add', { a: n, b: 1 }];
const DIVISION_BY_ZERO: Call = ['divide', { a: 1, b: 0 }];

/** Services with real faults, beside others that are well. */
export class FaultyServices {
  private readonly traffic = new Map<Cli, Traffic>();
  private readonly faulty: Record<string, Cli> = {};
  /** What their first processes were. */
  private readonly first = new Map<string, Cli>();

  constructor(private readonly means: Means) {}

  /** What a service wrote on stderr before it was mended. */
  logOf = (service: string): string => this.first.get(service)!.stderr;

  /** Every fault at once. The one that is always busy does not run at all. */
  async begin(): Promise<void> {
    this.faulty.failing = await this.serve('failing', '--fault', 'error=0.5');
    this.faulty.slow = await this.serve('slow', '--fault', 'slow=600');
    this.faulty.dividing = await this.serve('dividing');
    this.call(this.faulty.failing, 5, add);
    this.call(this.faulty.slow, 2, add);
    this.call(this.faulty.dividing, 10, (n) => (n % 25 === 0 ? DIVISION_BY_ZERO : add(n)));
    await this.beWell();
    for (const service of ['killed', 'restarted']) {
      const cli = await this.serve(service);
      await cli.call(...add(1));
      await this.means.isOpen(service);
      cli.kill('SIGKILL');
      await cli.exit;
    }
    await this.serve('restarted');
    const observed = await this.serve('observed', ...OBSERVED);
    observed.send({ jsonrpc: '2.0', id: 'last', method: 'tools/call', params: { name: 'die' } });
    await observed.exit;
  }

  /** What somebody would do who was told. */
  async mend(): Promise<void> {
    for (const [service, cli] of Object.entries(this.faulty)) {
      await this.hush(cli);
      await cli.end();
      this.call(await this.serve(service), 5, add);
    }
    await this.serve('killed');
    await this.serve('observed', ...OBSERVED);
    this.call(await this.serve(ALWAYS_BUSY), 5, add);
  }

  /** Calls no more. */
  async end(): Promise<void> {
    await Promise.all([...this.traffic.keys()].map((cli) => this.hush(cli)));
  }

  /** Services that are well, though a rule that is less careful might see something in them. */
  private async beWell(): Promise<void> {
    const [busy, quiet, ended] = await Promise.all(
      ['busy', 'quiet', 'ended'].map((service) => this.serve(service)),
    );
    // What the caller does wrong is no fault of the service, however often.
    this.call(busy!, 20, (n) => (n % 5 === 0 ? ['no such tool', {}] : add(n)));
    for (let n = 0; n < 2; n++) await quiet!.call(...DIVISION_BY_ZERO);
    for (let n = 0; n < 30; n++) await ended!.call(...add(n));
    await ended!.end();
  }

  private async serve(service: string, ...args: string[]): Promise<Cli> {
    const cli = await this.means.serve(service, ...args);
    if (!this.first.has(service)) this.first.set(service, cli);
    return cli;
  }

  private call(cli: Cli, perSecond: number, next: (n: number) => Call): void {
    this.traffic.set(cli, startTraffic(cli, perSecond, next));
  }

  private async hush(cli: Cli): Promise<void> {
    await this.traffic.get(cli)?.stop();
    this.traffic.delete(cli);
  }
}
