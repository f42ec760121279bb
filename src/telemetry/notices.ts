import { SIGNALS, type LogLevel, type SignalName } from '../config/settings';
import { remedyFor, type Cause } from './remedies';

export interface Unreachable {
  readonly signal: SignalName;
  /** What does not answer: the receiver, or the proxy before it. */
  readonly url: string;
  readonly isProxy: boolean;
  /** An error code such as ECONNREFUSED. */
  readonly problem: string;
  readonly configured: boolean;
}

/** Signals that find their receivers missing within this time are told of in one line. */
const GATHER_MILLIS = 300;

/**
 * What the user is told of his receivers: each thing once, in words that say what to do, and again
 * only after it was well in between.
 */
export class Notices {
  private readonly told = new Set<string>();
  private missing: Unreachable[] = [];
  private timer: NodeJS.Timeout | undefined;
  private readonly awaited: Set<SignalName>;
  private isHurried = false;

  /** @param awaited whose receivers are looked for first of all */
  constructor(
    private readonly log: (level: LogLevel, message: string) => void,
    awaited: Iterable<SignalName> = [],
  ) {
    this.awaited = new Set(awaited);
  }

  /** A receiver was looked for, and something listens there. */
  found(signal: SignalName): void {
    this.lookedFor(signal);
  }

  unreachable(missing: Unreachable): void {
    const { signal } = missing;
    if (this.first(`failing ${signal}`)) {
      this.missing.push(missing);
      this.timer ??= setTimeout(() => this.tellMissing(), GATHER_MILLIS);
    }
    this.lookedFor(signal);
  }

  /** Tells what is still being gathered, as soon as all receivers have been looked for. */
  hurry(): void {
    this.isHurried = true;
    if (this.awaited.size === 0) this.flush();
  }

  /** Tells what is still being gathered. */
  flush(): void {
    if (this.timer !== undefined) this.tellMissing();
  }

  answered(signal: SignalName, url: string): void {
    const over = [...this.told].filter(
      (key) => key === `failing ${signal}` || key.startsWith(`not taken ${signal} `),
    );
    if (over.length === 0) return;
    for (const key of over) this.told.delete(key);
    const told = this.missing.every((missing) => missing.signal !== signal);
    this.missing = this.missing.filter((missing) => missing.signal !== signal);
    if (told) this.log('info', `telemetry: ${signal}: ${shown(url)} answers`);
  }

  /** @param problem in words; @param cause where one is known */
  failing(signal: SignalName, url: string, problem: string, cause: Cause | undefined): void {
    if (!this.first(`failing ${signal}`)) return;
    const kept = signal === 'metrics' ? 'counting goes on' : 'what is made is kept';
    this.log(
      'warn',
      `telemetry: ${signal}: ${shown(url)}: ${problem}${inBrackets(signal, cause)}; ${kept} and it is tried again`,
    );
  }

  refused(signal: SignalName, url: string, status: number): void {
    if (!this.first(`refused ${signal} ${status}`)) return;
    this.log(
      'warn',
      `telemetry: ${signal}: ${shown(url)} answered ${status}${inBrackets(signal, status)}; such a batch is dropped (told once)`,
    );
  }

  /** What a receiver says of a batch that it took: how much of it not, or a warning alone. */
  partial(signal: SignalName, url: string, rejected: number, message: string): void {
    const what = rejected > 0 ? `took a batch in part and dropped ${rejected}` : 'warns';
    if (!this.first(`${rejected > 0 ? 'partial' : 'warning'} ${signal}`)) return;
    const why = message === '' ? '' : `: ${message.slice(0, 200)}`;
    this.log('warn', `telemetry: ${signal}: ${shown(url)} ${what}${why} (told once)`);
  }

  /** A fault of ours: what was made cannot be sent. */
  unfit(signal: SignalName, message: string): void {
    if (!this.first(`unfit ${signal}`)) return;
    this.log(
      'warn',
      `telemetry: ${signal}: ${message}; what cannot be sent is dropped (told once)`,
    );
  }

  notTaken(signal: SignalName, url: string, cause: number | 'html', status: number): void {
    if (!this.first(`not taken ${signal} ${cause}`)) return;
    const answer = cause === 'html' ? `${status} with a web page` : String(status);
    this.log(
      'warn',
      `telemetry: ${signal}: ${shown(url)} answered ${answer}: ${remedyFor(signal, cause)}. ` +
        `Tried again every 5 minutes`,
    );
  }

  private lookedFor(signal: SignalName): void {
    const isLast = this.awaited.delete(signal) && this.awaited.size === 0;
    if (isLast && this.isHurried) this.flush();
  }

  private tellMissing(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    const all = SIGNALS.flatMap((name) => this.missing.filter(({ signal }) => signal === name));
    for (const configured of [true, false]) {
      const missing = all.filter((one) => one.configured === configured);
      if (missing.length === 0) continue;
      const what = `telemetry: nothing answers at ${places(missing)}`;
      if (configured)
        this.log(
          'warn',
          `${what}: check host and port; what is made is kept for a while and it is tried again`,
        );
      else this.log('info', `${what}: ${unaskedRemedy(missing.map(({ signal }) => signal))}`);
    }
    this.missing = [];
  }

  private first(key: string): boolean {
    if (this.told.has(key)) return false;
    this.told.add(key);
    return true;
  }
}

/** `http://localhost:4318 (metrics, logs; ECONNREFUSED)`, one for each place. */
function places(missing: readonly Unreachable[]): string {
  return [...new Set(missing.map(placeOf))]
    .map((place) => {
      const there = missing.filter((one) => placeOf(one) === place);
      return `${place} (${there.map(({ signal }) => signal).join(', ')}; ${there[0]!.problem})`;
    })
    .join(' and ');
}

/** Nobody asked for these receivers: they may well not be wanted. */
function unaskedRemedy(signals: readonly SignalName[]): string {
  const off = signals.map((signal) => `--${signal} none`).join(' ');
  const many = signals.length > 1;
  return `start one there, name another (ts-calculator doctor says how), or turn ${many ? 'them' : 'it'} off (${off})`;
}

const placeOf = ({ url, isProxy }: Unreachable): string =>
  `${isProxy ? 'the proxy ' : ''}${new URL(url).origin}`;

function inBrackets(signal: SignalName, cause: Cause | undefined): string {
  const remedy = remedyFor(signal, cause);
  return remedy === undefined ? '' : ` (${remedy})`;
}

/** Without query and without user and password: keys are known to stand there. */
function shown(url: string): string {
  const { protocol, host, pathname } = new URL(url);
  return `${protocol}//${host}${pathname}`;
}
