import type { Endpoint, Verdict } from '../../src/telemetry/endpoint';
import type { DropReason } from '../../src/telemetry/pipeline';

/** An endpoint in whatever state the test wants. */
export class FakeEndpoint {
  isResting = false;
  isKnownUp = true;
  /** Of the (fake) clock. */
  tryAt = 0;
  askedUntil = 0;
  lanes = Infinity;
  dropReason: DropReason = 'timeout';
  verdict: Verdict = 'retry';
  isReachable = true;
  readonly failures: unknown[] = [];
  successes = 0;

  get wait(): number {
    return Math.max(this.askedToWait, this.tryAt - Date.now());
  }

  get askedToWait(): number {
    return Math.max(0, this.askedUntil - Date.now());
  }

  async reachable(): Promise<boolean> {
    if (!this.isReachable) this.tryAt = Date.now() + 1_000;
    return this.isReachable;
  }

  succeeded(): void {
    this.successes++;
    this.isKnownUp = true;
    this.lanes = Infinity;
  }

  failed(error: unknown): Verdict {
    this.failures.push(error);
    if (this.verdict === 'retry') Object.assign(this, { isKnownUp: false, lanes: 1 });
    if (this.verdict === 'resting') this.isResting = true;
    return this.verdict;
  }

  get asEndpoint(): Endpoint {
    return this as unknown as Endpoint;
  }
}
