import { constants } from 'node:os';

/** From the beginning of an end: MCP clients have patience for little more than 3 s. */
const TERM_MILLIS = 1_500;
const KILL_MILLIS = 2_500;
const OVER_MILLIS = 2_900;
/** What SIGKILL cannot end (another user's, by sudo) is left. */
const HOPELESS_MILLIS = 2_700;

/** For what there is to do when all is over: to send the last telemetry. */
const FLUSH_MILLIS = 1_200;
/** Less time is none. */
const MIN_MILLIS = 100;

/** Why it ends, where the child did not end by itself. */
export type EndReason = 'stdin ended' | 'stdout closed' | NodeJS.Signals;

/** The time that is left once an end has begun, and what it brings to a child that will not end. */
export class Ending {
  /** Resolves with an exit code when the child is there after all that could be done. */
  readonly hopeless: Promise<number>;
  private giveUp!: (exitCode: number) => void;
  private begun: number | undefined;
  private isOver = false;
  private timers: NodeJS.Timeout[] = [];

  constructor(
    private readonly signal: (name: NodeJS.Signals) => void,
    private readonly onBegin: (reason: EndReason) => void = () => undefined,
  ) {
    this.hopeless = new Promise((resolve) => (this.giveUp = resolve));
  }

  /** The first reason counts. */
  begin(reason: EndReason): void {
    if (this.begun !== undefined) return;
    this.begun = performance.now();
    if (!this.isOver) {
      this.timers = [
        setTimeout(() => this.signal('SIGTERM'), TERM_MILLIS),
        setTimeout(() => this.signal('SIGKILL'), KILL_MILLIS),
        setTimeout(() => this.giveUp(128 + constants.signals.SIGKILL), HOPELESS_MILLIS),
      ];
    }
    this.onBegin(reason);
  }

  /** Whether anybody asked for an end. */
  get hasBegun(): boolean {
    return this.begun !== undefined;
  }

  /** Nothing is left to be ended. */
  childIsGone(): void {
    this.isOver = true;
    for (const timer of this.timers) clearTimeout(timer);
  }

  /** A span of time, in ms, cut where the end does not leave as much. */
  atMost(millis: number): number {
    if (this.begun === undefined) return millis;
    const left = this.begun + KILL_MILLIS - performance.now();
    return Math.min(millis, Math.max(MIN_MILLIS, left));
  }

  /** By when this process should be gone, on the clock of `performance.now()`. */
  deadline(): number {
    const now = performance.now();
    const limit = this.begun === undefined ? Infinity : this.begun + OVER_MILLIS;
    return Math.max(now + MIN_MILLIS, Math.min(now + FLUSH_MILLIS, limit));
  }
}
