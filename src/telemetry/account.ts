import type { DropReason } from './pipeline';

/** What became of the records of one signal. */
export class Account {
  made = 0;
  exported = 0;
  /** Milliseconds since the epoch: when some were last exported. */
  lastExport: number | undefined;
  /** made - exported - dropped. Kept, not computed: it is asked for each record. */
  waiting = 0;
  readonly dropped = new Map<DropReason, number>();

  make(count: number): void {
    this.made += count;
    this.waiting += count;
  }

  export(count: number, time: number): void {
    if (count <= 0) return;
    this.exported += count;
    this.lastExport = time;
    this.waiting -= count;
  }

  drop(reason: DropReason, count: number): void {
    if (count <= 0) return;
    this.waiting -= count;
    this.dropped.set(reason, (this.dropped.get(reason) ?? 0) + count);
  }
}
