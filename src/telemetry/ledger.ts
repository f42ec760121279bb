import type { SignalName } from '../config/settings';
import { Account } from './account';
import { recordMetrics } from './metrics/sdk-metrics';
import type { Metric } from './metrics/snapshot';
import {
  RECORD_SIGNALS,
  SIGNAL_OF,
  type DropReason,
  type RecordSignal,
  type Settlement,
} from './pipeline';

/** The reasons in words. Empty: nothing to report, a receiver that was never asked for. */
const REASON_WORDS: Readonly<Record<DropReason, string>> = {
  queue_full: 'the queue was full',
  timeout: 'receiver did not answer in time',
  unreachable: 'receiver could not be reached',
  no_receiver: '',
  refused: 'receiver refused them',
  resting: 'receiver does not take them',
  crashed: 'the telemetry worker crashed',
};
const NOUNS: Readonly<Record<RecordSignal, readonly [one: string, many: string]>> = {
  spans: ['span', 'spans'],
  logs: ['log record', 'log records'],
};

/**
 * What became of every span and log record: made = exported + dropped + waiting, at any moment and
 * through any fault of the pipeline, since it is kept on the side that makes them.
 */
export class Ledger {
  readonly accounts: Readonly<Record<RecordSignal, Account>> = {
    spans: new Account(),
    logs: new Account(),
  };
  /** Exports of all metrics: how many succeeded, and when the last one did. */
  readonly metrics = { exports: 0, lastExport: undefined as number | undefined };
  private droppedLines = 0;
  /** The signals where something listens, or once did. */
  private readonly found = new Set<SignalName>();

  constructor(
    private readonly capacity: Readonly<Record<RecordSignal, number>>,
    private readonly now: () => number = Date.now,
  ) {}

  /** @returns false where the queue is full: the record is counted as dropped and must not be handed on */
  admit(signal: RecordSignal): boolean {
    const account = this.accounts[signal];
    const full = account.waiting >= this.capacity[signal];
    account.make(1);
    if (full) account.drop('queue_full', 1);
    return !full;
  }

  settle(settlement: Settlement): void {
    if (settlement.signal === 'metrics') {
      this.metrics.exports++;
      this.metrics.lastExport = this.now();
      return;
    }
    const { signal, count, fate } = settlement;
    const account = this.accounts[signal];
    if (fate === 'made') account.make(count);
    else if (fate === 'exported') account.export(count, this.now());
    else account.drop(fate, count);
  }

  /** Something listens where a signal goes. */
  find(signal: SignalName): void {
    this.found.add(signal);
  }

  /**
   * It is over: what waits is lost.
   *
   * @param isAsked whether someone asked for a signal's receiver. Of one that nobody asked for, and
   *   where nothing was ever found, nothing is missed
   */
  end(isAsked: (signal: SignalName) => boolean): void {
    for (const signal of RECORD_SIGNALS) {
      const account = this.accounts[signal];
      const isMissed = isAsked(SIGNAL_OF[signal]) || this.found.has(SIGNAL_OF[signal]);
      account.drop(isMissed ? 'timeout' : 'no_receiver', account.waiting);
    }
  }

  /** The worker took all that waits with it, but for what was not handed on. @returns how many of each */
  crash(kept: Readonly<Record<RecordSignal, number>>): Record<RecordSignal, number> {
    const { spans, logs } = this.accounts;
    const lost = { spans: spans.waiting - kept.spans, logs: logs.waiting - kept.logs };
    spans.drop('crashed', lost.spans);
    logs.drop('crashed', lost.logs);
    return lost;
  }

  /** These could not be kept until there was a worker again. */
  lose({ spans, logs, lines }: Readonly<Record<RecordSignal | 'lines', number>>): void {
    this.accounts.spans.drop('crashed', spans);
    this.accounts.logs.drop('crashed', logs);
    this.stderrDropped(lines);
  }

  /** Lines that an unread stderr had no room for. */
  stderrDropped(lines: number): void {
    this.droppedLines += lines;
  }

  /** `120 spans, 3 log records dropped (receiver did not answer in time)`, where there is a loss to tell. */
  summary(): string | undefined {
    const counts: string[] = [];
    const reasons = new Set<string>();
    for (const signal of RECORD_SIGNALS) {
      let total = 0;
      for (const [reason, count] of this.accounts[signal].dropped) {
        if (REASON_WORDS[reason] === '') continue;
        total += count;
        reasons.add(REASON_WORDS[reason]);
      }
      if (total > 0) counts.push(countOf(signal, total));
    }
    return counts.length === 0
      ? undefined
      : `${counts.join(', ')} dropped (${[...reasons].join('; ')})`;
  }

  /** OpenTelemetry's SDK metrics (semantic conventions, "OpenTelemetry SDK metrics"), cumulative. */
  sdkMetrics(): Metric[] {
    const { accounts, capacity, droppedLines } = this;
    return RECORD_SIGNALS.flatMap((signal) =>
      recordMetrics(signal, accounts[signal], capacity[signal], droppedLines),
    );
  }
}

export function countOf(signal: RecordSignal, count: number): string {
  return `${count} ${NOUNS[signal][count === 1 ? 0 : 1]}`;
}
