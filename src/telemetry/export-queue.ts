import type { BatchSettings } from '../config/settings';
import { END_RETRY_MILLIS, type Endpoint } from './endpoint';
import type { DropReason } from './pipeline';

/** Kept for a receiver that nobody asked for, in case it is started: the newest records. */
const KEPT_UNASKED = 4_096;
/** Exports at a time. One at a time, as in the SDK's batch processor, loses spans behind a slow receiver. */
const LANES = 8;
/** At the end there is one round trip's time left: all that waits goes out at once. */
export const FINAL_LANES = 64;
/** What waits may hold so much content, in characters: 65,536 long arguments would be half a gigabyte. */
export const MAX_WAITING_CHARACTERS = 64 * 1024 * 1024;
/** A wait may be longer than a timer can be. */
const LONGEST_TIMER_MILLIS = 60_000;

export interface ExportQueueOptions<T> {
  readonly endpoint: Endpoint;
  readonly limits: BatchSettings;
  /** Exports one batch; rejects with the exporter's error. @returns how many the receiver would not take */
  readonly send: (items: readonly T[]) => Promise<number>;
  /** Characters of content in a record; the queue holds only so many. Default: none. */
  readonly weigh?: (item: T) => number;
  readonly settled: (count: number, fate: 'exported' | DropReason) => void;
}

/**
 * Batches of records on their way to one receiver: several at a time, kept while the receiver fails,
 * dropped and counted where it does not want them. How many may wait is bounded by the ledger, on
 * the side that makes the records.
 */
export class ExportQueue<T> {
  private waiting: T[] = [];
  private waitingCharacters = 0;
  /** Exports under way, and the records in them. */
  private sending = 0;
  private sendingItems = 0;
  private timer: NodeJS.Timeout | undefined;
  /** What waits is due, though it may not fill a batch. */
  private due = false;
  private ending = false;
  /** At the end an export failed: the others wait a moment, and then for what the next one tells. */
  private pausing = false;
  private failedAtEnd = false;
  private gaveUp = false;
  private onEmpty: (() => void) | undefined;

  constructor(private readonly options: ExportQueueOptions<T>) {}

  add(items: readonly T[]): void {
    if (items.length === 0) return;
    if (this.gaveUp) {
      this.options.settled(items.length, this.options.endpoint.dropReason);
      return;
    }
    let heavy = 0;
    for (const item of items) {
      if (this.waitingCharacters > MAX_WAITING_CHARACTERS) {
        heavy++;
        continue;
      }
      this.waiting.push(item);
      this.waitingCharacters += this.weigh(item);
    }
    if (heavy > 0) this.options.settled(heavy, 'queue_full');
    this.pump();
  }

  /**
   * Sends all that waits, as fast as the receiver takes it. Resolves when nothing is left, or when
   * nothing listens and the rest is dropped; never rejects. The caller bounds the time.
   */
  async drain(): Promise<void> {
    this.ending = true;
    this.due = true;
    if (this.isEmpty) return;
    clearTimeout(this.timer);
    this.timer = undefined;
    const empty = new Promise<void>((resolve) => (this.onEmpty = resolve));
    this.pump();
    if (!(await this.options.endpoint.reachable())) this.giveUp();
    await empty;
  }

  private get isEmpty(): boolean {
    return this.waiting.length === 0 && this.sending === 0;
  }

  private pump(): void {
    const { endpoint, limits } = this.options;
    if (endpoint.isResting) this.drop(this.take(this.waiting.length), 'resting');
    if (endpoint.dropReason === 'no_receiver') {
      this.drop(this.take(this.waiting.length - KEPT_UNASKED), 'no_receiver');
    }
    const lanes = this.ending ? this.finalLanes : endpoint.wait > 0 ? 0 : endpoint.lanes;
    while (this.sending < Math.min(lanes, this.ending ? FINAL_LANES : LANES) && this.isDue()) {
      void this.export(this.take(limits.maxExportBatchSize));
    }
    if (this.waiting.length === 0) this.due = this.ending;
    else this.schedule();
    if (this.isEmpty) this.onEmpty?.();
  }

  /** At the end there is no later: no backing off, but for what the receiver itself asked for. */
  private get finalLanes(): number {
    const { endpoint } = this.options;
    if (this.pausing || endpoint.askedToWait > 0) return 0;
    return this.failedAtEnd ? endpoint.lanes : FINAL_LANES;
  }

  private isDue(): boolean {
    const { length } = this.waiting;
    return length > 0 && (this.due || length >= this.options.limits.maxExportBatchSize);
  }

  private schedule(): void {
    if (this.timer !== undefined) return;
    this.timer = setTimeout(() => {
      this.timer = undefined;
      this.due = true;
      this.pump();
    }, this.delay);
  }

  private get delay(): number {
    const { endpoint, limits } = this.options;
    const wait = this.ending ? endpoint.askedToWait : endpoint.wait;
    return wait > 0 ? Math.min(wait, LONGEST_TIMER_MILLIS) : limits.scheduleDelayMillis;
  }

  /** Never rejects. */
  private async export(batch: T[]): Promise<void> {
    const { endpoint, settled } = this.options;
    this.sending++;
    this.sendingItems += batch.length;
    let fate: 'exported' | 'retry' | DropReason;
    let rejected = 0;
    try {
      if (!endpoint.isKnownUp && !this.ending && !(await endpoint.reachable())) {
        fate = 'retry';
      } else {
        rejected = await this.options.send(batch);
        endpoint.succeeded();
        fate = 'exported';
      }
    } catch (error) {
      fate = endpoint.failed(error);
    }
    this.sending--;
    this.sendingItems -= batch.length;
    if (this.gaveUp) return; // counted already
    if (fate === 'retry') this.putBack(batch);
    else {
      settled(batch.length - rejected, fate);
      if (rejected > 0) settled(rejected, 'refused');
    }
    this.pump();
  }

  private putBack(batch: T[]): void {
    this.waiting = batch.concat(this.waiting);
    for (const item of batch) this.waitingCharacters += this.weigh(item);
    if (!this.ending || this.pausing) return;
    this.failedAtEnd = true;
    this.pausing = true;
    setTimeout(() => {
      this.pausing = false;
      this.pump();
    }, END_RETRY_MILLIS);
  }

  private giveUp(): void {
    this.gaveUp = true;
    const lost = this.take(this.waiting.length).length + this.sendingItems;
    if (lost > 0) this.options.settled(lost, this.options.endpoint.dropReason);
    this.onEmpty?.();
  }

  private take(count: number): T[] {
    const taken = this.waiting.splice(0, Math.max(0, count));
    for (const item of taken) this.waitingCharacters -= this.weigh(item);
    return taken;
  }

  private weigh(item: T): number {
    return this.options.weigh?.(item) ?? 0;
  }

  private drop(items: T[], reason: DropReason): void {
    if (items.length > 0) this.options.settled(items.length, reason);
  }
}
