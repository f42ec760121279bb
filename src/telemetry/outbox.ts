import type { Operation } from '../tap/operation';
import type { LogEntry } from './log-entry';
import { OperationColumns } from './operation-columns';
import { countsOf, type Batch } from './pipeline';

/** A record is handed over after so long, or as soon as there are so many. */
const HAND_OVER_MILLIS = 20;
const HAND_OVER_COUNT = 512;
/** While there is much to do, no more often than this: each time it keeps a request waiting. */
const HAND_OVER_PAUSE_MILLIS = 100;
/** So many may wait where nothing is handed over yet: some megabytes, most often. */
const MAX_HELD = 8_192;

/** Gathers records and hands them over in batches. */
export class Outbox {
  private unsent = new Unsent();
  private timer: NodeJS.Timeout | undefined;
  private handedOverAt = -Infinity;

  private isHeld: boolean;

  /**
   * @param deliver takes a batch
   * @param onCrowded where it is given, nothing is handed over before `release`; called when so much
   *   waits for it that it should not be waited for any longer
   */
  constructor(
    private readonly deliver: (batch: Batch) => void,
    private readonly onCrowded?: () => void,
  ) {
    this.isHeld = onCrowded !== undefined;
  }

  get counts(): ReturnType<typeof countsOf> {
    return countsOf(this.unsent);
  }

  /** @param wants a sum of `Want` */
  addOperation(operation: Operation, wants: number): void {
    this.unsent.operations.push(operation);
    this.unsent.wants.push(wants);
    this.handOverSoon();
  }

  addEntry(entry: LogEntry, wants: number): void {
    this.unsent.entries.push(entry);
    this.unsent.entryWants.push(wants);
    this.handOverSoon();
  }

  /** Keeps the order of entries: those of a batch come before its operations. */
  addEntryInOrder(entry: LogEntry, wants: number): void {
    if (this.unsent.operations.length > 0) this.handOver();
    this.addEntry(entry, wants);
  }

  /** @param logger the entries that have waited were made under a name that was a guess */
  release(logger: string): void {
    this.isHeld = false;
    this.unsent.entries = this.unsent.entries.map((entry) => ({ ...entry, logger }));
    if (this.unsent.length > 0) this.handOverSoon();
  }

  handOver(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    if (this.isHeld) return;
    this.handedOverAt = performance.now();
    const { unsent } = this;
    if (unsent.length === 0) return;
    this.unsent = new Unsent();
    this.deliver(unsent.batch);
  }

  private handOverSoon(): void {
    if (this.isHeld) {
      if (this.unsent.length >= MAX_HELD) this.onCrowded?.();
      return;
    }
    if (this.unsent.length >= HAND_OVER_COUNT) this.handOver();
    else this.timer ??= setTimeout(() => this.handOver(), this.handOverDelay);
  }

  private get handOverDelay(): number {
    const pause = this.handedOverAt + HAND_OVER_PAUSE_MILLIS - performance.now();
    return Math.max(HAND_OVER_MILLIS, pause);
  }
}

/** A batch that is being gathered. */
class Unsent {
  readonly operations = new OperationColumns();
  readonly wants: number[] = [];
  entries: LogEntry[] = [];
  readonly entryWants: number[] = [];

  get length(): number {
    return this.wants.length + this.entryWants.length;
  }

  get batch(): Batch {
    const { operations, wants, entries, entryWants } = this;
    return { operations: operations.columns, wants, entries, entryWants };
  }
}
