import type { BatchSettings } from '../config/settings';
import { END_RETRY_MILLIS, type Endpoint } from './endpoint';
import type { DropReason } from './pipeline';

/** Kept for a receiver that nobody asked for, in case it is started: the newest records. */
const KEPT_UNASKED = 4_096;
/** Exports at a time. One at a time, as in the SDK's batch processor, loses spans behind a slow receiver. */
const LANES = 8;
/**
 * At the end there is one round trip's time left: all that waits goes out at once, even a full queue
 * (65,536 records in batches of 512).
 */
export const FINAL_LANES = 128;
/** What waits may hold so much. Ordinary spans take 2.1 KB: the records' own bound comes first. */
export const MAX_WAITING_BYTES = 256 * 1024 * 1024;
/** A wait may be longer than a timer can be. */
const LONGEST_TIMER_MILLIS = 60_000;

/** Records that are sent as one. */
export interface Packed {
  readonly count: number;
  /** In bytes. */
  readonly size: number;
}

/** Makes batches of records. */
export interface Packer<T, P extends Packed> extends Packed {
  /** Throws where a record cannot be sent. */
  add(item: T): void;
  /** All that was added since the last time. */
  pack(): P;
  /** A batch was sent, and nobody looks at it any more. */
  release(batch: P): void;
}

export interface ExportQueueOptions<T, P extends Packed> {
  readonly endpoint: Endpoint;
  readonly limits: BatchSettings;
  readonly packer: Packer<T, P>;
  /** Exports one batch; rejects with the exporter's error. @returns how many the receiver would not take */
  readonly send: (batch: P) => Promise<number>;
  readonly settled: (count: number, fate: 'exported' | DropReason) => void;
}

/**
 * Batches of records on their way to one receiver: several at a time, kept while the receiver fails,
 * dropped and counted where it does not want them. A batch is made once, as its records come, and
 * stays one. How many records may wait is bounded by the ledger, on the side that makes them.
 */
export class ExportQueue<T, P extends Packed> {
  /** Before what the packer holds. */
  private waiting: P[] = [];
  private waitingCount = 0;
  private waitingBytes = 0;
  /** Exports under way, and the records in them. */
  private sending = 0;
  private sendingCount = 0;
  private timer: NodeJS.Timeout | undefined;
  /** What waits is due, though it may not fill a batch. */
  private due = false;
  private ending = false;
  /** At the end an export failed: the others wait a moment, and then for what the next one tells. */
  private pausing = false;
  private failedAtEnd = false;
  private gaveUp = false;
  private onEmpty: (() => void) | undefined;

  constructor(private readonly options: ExportQueueOptions<T, P>) {}

  add(items: readonly T[]): void {
    if (items.length === 0) return;
    const { endpoint, limits, packer, settled } = this.options;
    if (this.gaveUp || endpoint.isResting) {
      settled(items.length, this.gaveUp ? endpoint.dropReason : 'resting');
      return;
    }
    let heavy = 0;
    for (const item of items) {
      if (this.waitingBytes + packer.size > MAX_WAITING_BYTES) {
        heavy++;
        continue;
      }
      try {
        packer.add(item);
      } catch (error) {
        // A fault of ours is told, and costs this record alone.
        endpoint.failed(error);
        settled(1, 'refused');
      }
      if (packer.count >= limits.maxExportBatchSize) this.pack();
    }
    if (heavy > 0) settled(heavy, 'queue_full');
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
    return this.count === 0 && this.sending === 0;
  }

  /** How many records wait. */
  private get count(): number {
    return this.waitingCount + this.options.packer.count;
  }

  private pump(): void {
    const { endpoint } = this.options;
    if (endpoint.isResting) this.drop(0, 'resting');
    if (endpoint.dropReason === 'no_receiver') this.drop(KEPT_UNASKED, 'no_receiver');
    const lanes = this.ending ? this.finalLanes : endpoint.wait > 0 ? 0 : endpoint.lanes;
    while (this.sending < Math.min(lanes, this.ending ? FINAL_LANES : LANES) && this.isDue()) {
      void this.export(this.take());
    }
    if (this.count === 0) this.due = this.ending;
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
    return this.waiting.length > 0 || (this.due && this.options.packer.count > 0);
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
  private async export(batch: P): Promise<void> {
    const { endpoint, settled } = this.options;
    this.sending++;
    this.sendingCount += batch.count;
    let fate: 'exported' | 'retry' | DropReason;
    let rejected = 0;
    try {
      if (!endpoint.isKnownUp && !this.ending && !(await endpoint.reachable())) {
        fate = 'retry';
      } else {
        rejected = Math.min(await this.options.send(batch), batch.count);
        endpoint.succeeded();
        this.options.packer.release(batch);
        fate = 'exported';
      }
    } catch (error) {
      fate = endpoint.failed(error);
    }
    this.sending--;
    this.sendingCount -= batch.count;
    if (this.gaveUp) return; // counted already
    if (fate === 'retry') this.putBack(batch);
    else {
      settled(batch.count - rejected, fate);
      if (rejected > 0) settled(rejected, 'refused');
    }
    this.pump();
  }

  private putBack(batch: P): void {
    this.waiting.unshift(batch);
    this.weigh(batch, 1);
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
    const { endpoint, settled } = this.options;
    if (this.sendingCount > 0) settled(this.sendingCount, endpoint.dropReason);
    this.drop(0, endpoint.dropReason);
    this.onEmpty?.();
  }

  /** The oldest batch. */
  private take(): P {
    if (this.waiting.length === 0) this.pack();
    const batch = this.waiting.shift()!;
    this.weigh(batch, -1);
    return batch;
  }

  private pack(): void {
    const batch = this.options.packer.pack();
    this.waiting.push(batch);
    this.weigh(batch, 1);
  }

  private weigh({ count, size }: P, sign: 1 | -1): void {
    this.waitingCount += sign * count;
    this.waitingBytes += sign * size;
  }

  /** Drops the oldest batches, as far as so many records stay. */
  private drop(kept: number, reason: DropReason): void {
    let dropped = 0;
    while (this.count > 0) {
      const oldest = this.waiting[0] ?? this.options.packer;
      if (this.count - oldest.count < kept) break;
      dropped += this.take().count;
    }
    if (dropped > 0) this.options.settled(dropped, reason);
  }
}
