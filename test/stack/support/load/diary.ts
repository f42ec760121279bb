import { exactly, sum, type Interval } from './interval';

/** How a request ends, as the contract has it. */
export type Outcome = 'ok' | 'tool_error' | 'rejected' | 'error' | 'cancelled';

/** A request that was answered, as its caller knows it. */
export interface Asked {
  readonly service: string;
  /** Which process of the service. */
  readonly process: number;
  /** As labels have it: `_OTHER` where it is not known; so is the tool. */
  readonly method: string;
  readonly tool?: string | undefined;
  readonly outcome: Outcome;
  /** Which error it was, of a tool that failed. */
  readonly error?: string | undefined;
  /** How long it took. */
  readonly millis: Interval;
  /** When it was answered, in seconds since 1970. */
  readonly at: number;
  /**
   * Its histogram, and the counts of its span and log record, begin with it: SDKs other than ours do
   * not show them at 0 first, and `increase()` does not see the first value of a series.
   */
  readonly isFirst?: boolean | undefined;
}

/** A process of a service. Times are in seconds since 1970. */
export interface Process {
  readonly service: string;
  readonly started: number;
  /** Between when it was told to end and when it had ended; none while it runs. */
  ended?: Interval;
  /** The names of its tools. */
  readonly tools: readonly string[];
  /** How many of each it has made. */
  readonly made: Readonly<Record<RecordKind, () => Interval>>;
}

export type RecordKind = 'span' | 'log';

export interface Session {
  readonly service: string;
  /** How long it lasted; none while it is open. */
  seconds?: Interval;
}

/** What became of the spans or log records of a service. */
export interface Fate {
  readonly exported: Interval;
  /** For a receiver that is away. */
  readonly waiting: number;
  readonly refused: number;
  /** When the last was made that was taken, in seconds since 1970. */
  readonly last: number;
}

/** What the driver of a load knows of it. */
export class Diary {
  readonly asked: Asked[] = [];
  readonly processes: Process[] = [];
  readonly sessions: Session[] = [];
  /** Since when nothing of a service is taken, and what it had made until then. */
  private readonly refusals = new Map<string, Readonly<Record<RecordKind | 'at', number>>>();
  private isDropped = false;

  get services(): string[] {
    return [...new Set(this.processes.map(({ service }) => service))];
  }

  /** From now on a service's receiver is away. All that was made until now was taken. */
  refuse(service: string): void {
    const [span] = this.made(service, 'span');
    const [log] = this.made(service, 'log');
    this.refusals.set(service, { span, log, at: Date.now() / 1000 });
  }

  /** What waits for a receiver was dropped: it refuses all. */
  drop(): void {
    this.isDropped = true;
  }

  fate(service: string, kind: RecordKind): Fate {
    const made = this.made(service, kind);
    const refusal = this.refusals.get(service);
    const { at: until = Infinity, [kind]: taken } = refusal ?? {};
    const times = this.asked.filter((a) => a.service === service && a.at <= until);
    const last = Math.max(...times.map(({ at }) => at));
    if (taken === undefined) return { exported: made, waiting: 0, refused: 0, last };
    const left = made[0] - taken;
    const [waiting, refused] = this.isDropped ? [0, left] : [left, 0];
    return { exported: exactly(taken), waiting, refused, last };
  }

  private made(service: string, kind: RecordKind): Interval {
    return sum(
      this.processes.filter((each) => each.service === service).map((p) => p.made[kind]()),
    );
  }
}
