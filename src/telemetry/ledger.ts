import type { Metric, NumberPoint } from './metrics/snapshot';
import { RECORD_SIGNALS, type DropReason, type RecordSignal, type Settlement } from './pipeline';

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
/** OpenTelemetry's names for the two kinds of record in its own SDK metrics. */
const SDK_NAMES: Readonly<Record<RecordSignal, string>> = { spans: 'span', logs: 'log' };

class Account {
  made = 0;
  exported = 0;
  /** made - exported - dropped. Kept, not computed: it is asked for each record. */
  waiting = 0;
  readonly dropped = new Map<DropReason, number>();

  make(count: number): void {
    this.made += count;
    this.waiting += count;
  }

  export(count: number): void {
    this.exported += count;
    this.waiting -= count;
  }

  drop(reason: DropReason, count: number): void {
    if (count <= 0) return;
    this.waiting -= count;
    this.dropped.set(reason, (this.dropped.get(reason) ?? 0) + count);
  }
}

/**
 * What became of every span and log record: made = exported + dropped + waiting, at any moment and
 * through any fault of the pipeline, since it is kept on the side that makes them.
 */
export class Ledger {
  private readonly accounts: Record<RecordSignal, Account> = {
    spans: new Account(),
    logs: new Account(),
  };
  private droppedLines = 0;

  constructor(private readonly capacity: Readonly<Record<RecordSignal, number>>) {}

  /** @returns false where the queue is full: the record is counted as dropped and must not be handed on */
  admit(signal: RecordSignal): boolean {
    const account = this.accounts[signal];
    const full = account.waiting >= this.capacity[signal];
    account.make(1);
    if (full) account.drop('queue_full', 1);
    return !full;
  }

  settle({ signal, count, fate }: Settlement): void {
    const account = this.accounts[signal];
    if (fate === 'made') account.make(count);
    else if (fate === 'exported') account.export(count);
    else account.drop(fate, count);
  }

  /** All that waits is lost, but for what has not been handed on. @returns how many of each */
  abandon(
    reason: DropReason,
    kept: Readonly<Record<RecordSignal, number>> = { spans: 0, logs: 0 },
  ): Record<RecordSignal, number> {
    const { spans, logs } = this.accounts;
    const lost = { spans: spans.waiting - kept.spans, logs: logs.waiting - kept.logs };
    spans.drop(reason, lost.spans);
    logs.drop(reason, lost.logs);
    return lost;
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
  metrics(): Metric[] {
    return RECORD_SIGNALS.flatMap((signal) => this.metricsOf(signal));
  }

  private metricsOf(signal: RecordSignal): Metric[] {
    const name = SDK_NAMES[signal];
    const unit = signal === 'spans' ? '{span}' : '{log_record}';
    const account = this.accounts[signal];
    const component = {
      'otel.component.type': `batching_${name}_processor`,
      'otel.component.name': `batching_${name}_processor/0`,
    };
    const processed: NumberPoint[] = [{ labels: component, value: account.exported }];
    for (const [reason, value] of account.dropped) {
      processed.push({ labels: { ...component, 'error.type': reason }, value });
    }
    if (signal === 'logs') {
      const labels = {
        'otel.component.type': 'ts-calculator_stderr',
        'otel.component.name': 'stderr',
      };
      processed.push({
        labels: { ...labels, 'error.type': 'queue_full' },
        value: this.droppedLines,
      });
    }
    const processor = `otel.sdk.processor.${name}`;
    const created = signal === 'spans' ? 'otel.sdk.span.started' : 'otel.sdk.log.created';
    return [
      number(created, 'counter', unit, 'Records made', [{ labels: {}, value: account.made }]),
      number(
        `${processor}.processed`,
        'counter',
        unit,
        'Records exported, or dropped with an error.type',
        processed,
      ),
      number(`${processor}.queue.size`, 'updown', unit, 'Records that wait', [
        { labels: component, value: account.waiting },
      ]),
      number(`${processor}.queue.capacity`, 'updown', unit, 'Records that may wait', [
        { labels: component, value: this.capacity[signal] },
      ]),
    ];
  }
}

export function countOf(signal: RecordSignal, count: number): string {
  return `${count} ${NOUNS[signal][count === 1 ? 0 : 1]}`;
}

function number(
  name: string,
  type: 'counter' | 'updown',
  unit: string,
  description: string,
  points: NumberPoint[],
): Metric {
  return { name, type, unit, description, points };
}
